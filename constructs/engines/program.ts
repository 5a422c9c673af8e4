import { checkProgram } from '../../lib/synth/program';
import { ClientAppsError, type Diagnostic, isError } from '../../lib/values/diagnostic';
import type { IConstruct } from '../tree';
import { OrgState } from './org-state';

/** Every org of the program that the construct belongs to, in the order of declaration. */
export function orgsOf(construct: IConstruct): readonly OrgState[] {
  return construct.node.root.node.findAll().flatMap((each) => OrgState.of(each) ?? []);
}

/** Everything wrong in all orgs of all stacks. */
export const programDiagnostics = (construct: IConstruct): readonly Diagnostic[] =>
  checkProgram(orgsOf(construct).map((org) => org.synthesis()));

/** Throws everything wrong in all orgs of all stacks as one error; returns where nothing is. */
export function requireValidProgram(construct: IConstruct): void {
  const diagnostics = programDiagnostics(construct);
  if (!diagnostics.some(isError)) return;
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const counted = [numbered(errors, 'error'), ...(warnings > 0 ? [numbered(warnings, 'warning')] : [])].join(', ');
  throw new ClientAppsError('INVALID_DECLARATION', diagnostics, { summary: `${counted}. Nothing was synthesized.` });
}

const numbered = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
