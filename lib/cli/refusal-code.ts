import { isGateFinding } from '../plan/gate';
import type { OrgPlan } from '../plan/plan';
import { isError } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-code';

/** What a plan that cannot be carried out ends with; undefined where it can be. */
export function refusalCode({ diagnostics }: Pick<OrgPlan, 'diagnostics'>): ExitCode | undefined {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return undefined;
  return errors.every(isGateFinding) ? EXIT.findings : EXIT.error;
}
