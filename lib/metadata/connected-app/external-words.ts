import { asExternalClientApp, externalName } from '../from/connected-app';
import type { ManifestApp, ManifestComponent } from '../manifest';

/**
 * The components of a declared app in the words of External Client Apps, so that what asks about an app (its flows, its
 * users) asks once for both platforms. Never written anywhere.
 */
export function componentsInExternalWords({
  platform,
  components,
}: Pick<ManifestApp, 'platform' | 'components'>): readonly ManifestComponent[] {
  if (platform !== 'connected-app') return components;
  return components.flatMap(({ type, name: fullName, fields }) =>
    asExternalClientApp({ type, fullName, fields }).map((component) => ({
      type: component.type,
      name: component.fullName,
      fields: component.fields,
      preserved: [],
    })),
  );
}

/** A change of a field in those words; a field that External Client Apps do not have keeps its own. */
export function changeInExternalWords<T extends { readonly type: string; readonly field: string }>(change: T): T {
  return change.type === 'ConnectedApp' ? { ...change, ...externalName(change.field) } : change;
}
