import { placeOf, type SettingName, SETTINGS } from '../../options/settings';
import type { AppGuardInput } from './guard';

/** True where the plan would write something of the app: advice that was given once is not repeated in every plan. */
export const isTouched = ({ live, diffs }: AppGuardInput): boolean =>
  live === undefined || diffs.some(({ changes }) => changes.length > 0);

/** True where the plan changes one of the settings. */
export function changesAny({ app, diffs }: AppGuardInput, ...names: readonly SettingName[]): boolean {
  const fields = names.flatMap((name) => placeOf(SETTINGS[name], app.platform)?.field ?? []);
  return diffs.some(({ changes }) => changes.some(({ field }) => fields.includes(field)));
}
