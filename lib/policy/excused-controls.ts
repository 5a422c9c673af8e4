import type { Platform } from '../declaration/client-app';
import { EXCUSES } from '../options/table';
import { controlById } from './controls';

/** The controls that an exception is for: one by its id, or those of an option that was justified. */
export function excusedControls(
  { option, control }: { readonly option?: string | undefined; readonly control?: string | undefined },
  platform: Platform,
): readonly string[] {
  const controls = control === undefined ? (EXCUSES[option ?? ''] ?? []) : [control];
  // The justification of an option speaks of both platforms.
  return controls.filter((id) => {
    const known = controlById(id);
    return known?.level === 'app' && known.appliesTo.includes(platform);
  });
}
