import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** Fields with values of other Terraform resources (engine provider) can only be written by Terraform. */
export const guardUnknownValues: AppGuard = ({ app, live, diffs }) => {
  const late = app.components.flatMap(({ late: names = [] }) => names);
  const changes = live === undefined || diffs.some((diff) => diff.changes.length > 0);
  if (late.length === 0 || !changes) return [];
  return [knownToTerraform(app.path, late, 'an app')];
};

/** `what` completes "… whose values are all known at synth". */
export const knownToTerraform = (path: string, late: readonly string[], what: string): Diagnostic =>
  diagnose('value-known-to-terraform', { path }, { options: late.join(', '), what });
