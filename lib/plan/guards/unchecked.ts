import type { Diagnostic } from '../../values/diagnostic';
import { isTouched } from './declared';
import type { AppGuardInput } from './guard';

/**
 * A prerequisite that could not be checked. Better said than passed over; told when the app is written, and not in plans
 * without changes.
 */
export function unchecked(
  input: AppGuardInput,
  about: Pick<Diagnostic, 'field' | 'problem' | 'remedy'>,
): readonly Diagnostic[] {
  if (!isTouched(input)) return [];
  return [{ code: 'prerequisite-unchecked', severity: 'note', path: input.app.path, ...about }];
}
