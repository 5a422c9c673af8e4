import type { FieldValue } from '../../metadata/component';
import type { ManifestApp } from '../../metadata/manifest';
import type { AppGuardInput } from './guard';

/** The declared value of a field, whichever component of the app holds it. Undefined where the org decides. */
export const declaredValue = (app: ManifestApp, field: string): FieldValue | undefined =>
  app.components.map(({ fields }) => fields[field]?.value).find((value) => value !== undefined);

/** True where the app switches the field on. In both halves of a switch the name is the same. */
export const switchesOn = (app: ManifestApp, field: string): boolean =>
  app.components.some(({ fields }) => fields[field]?.value === true);

/** The declared text of a field; undefined where there is none. */
export function declaredText(app: ManifestApp, field: string): string | undefined {
  const value = declaredValue(app, field);
  return typeof value === 'string' ? value : undefined;
}

/** Scopes the app asks for. */
export function declaredScopes(app: ManifestApp): readonly string[] {
  const value = declaredValue(app, 'commaSeparatedOauthScopes');
  return Array.isArray(value) ? value.filter((scope): scope is string => typeof scope === 'string') : [];
}

/** True where the plan would write something of the app: advice that was given once is not repeated in every plan. */
export const isTouched = ({ live, diffs }: AppGuardInput): boolean =>
  live === undefined || diffs.some(({ changes }) => changes.length > 0);
