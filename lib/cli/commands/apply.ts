import { applyDeclared } from '../apply-declared';
import { applyFromTerraform } from '../apply-from-terraform';
import { applySaved } from '../apply-saved';
import type { ExitCode } from '../exit-code';
import type { ApplyFlags } from '../flags';
import type { Io } from '../io';

/** Applies a saved plan, or plans, asks and applies. */
export function apply(io: Io, planFile: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  if (planFile !== undefined) return applySaved(io, planFile, flags);
  return flags.fromTerraform ? applyFromTerraform(io, flags) : applyDeclared(io, flags);
}
