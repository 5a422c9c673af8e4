import { applyDeclared } from '../apply-declared';
import { applySaved } from '../apply-saved';
import type { ExitCode } from '../exit-code';
import type { ApplyFlags } from '../flags';
import type { Io } from '../io';

/** Applies a saved plan, or plans, asks and applies. */
export function apply(io: Io, planFile: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  return planFile === undefined ? applyDeclared(io, flags) : applySaved(io, planFile, flags);
}
