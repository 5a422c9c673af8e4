import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { isTouched } from './declared';
import type { AppGuardInput } from './guard';

/**
 * A prerequisite that could not be checked. Reported rather than passed over, when the app is written and not in plans
 * without changes.
 */
export function unchecked(
  input: AppGuardInput,
  what: 'certificate' | 'apex-class',
  field: string,
): readonly Diagnostic[] {
  if (!isTouched(input)) return [];
  return [diagnose(`prerequisite-unchecked/${what}`, { path: input.app.path, field })];
}
