import type { OrgPlan } from '../plan/plan';
import { jsonText } from '../values/ci-commands';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isError } from '../values/diagnostic';
import { located } from '../values/located';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';

/** Keeps why an org has no result, for the one document that programs read. */
export function orgFailed({ failed }: Io, org: string, code: ExitCode, errors: readonly Diagnostic[]): void {
  failed?.push({ org, exit_code: code, errors });
}

/** The same of a plan that is not carried out: its own errors, and those that the command adds. */
export function planRefused(io: Io, plan: OrgPlan, code: ExitCode, more: readonly Diagnostic[] = []): void {
  orgFailed(io, plan.org, code, located([...plan.diagnostics, ...more].filter(isError), plan.manifest));
}

/** Of an org that this run did not begin with, though nothing is wrong with it. */
export function orgNotBegun(io: Io, { org, path }: Pick<OrgPlan, 'org' | 'path'>, why: string, code?: ExitCode): void {
  orgFailed(io, org, code ?? EXIT.error, [diagnose('org-not-begun', { path }, { why })]);
}

const failedOrgsOf = ({ failed = [] }: Io): object => (failed.length > 0 ? { failed } : {});

/** The answer of a command about several orgs: what it found, and why some org is not in it. */
export const orgsJson = (io: Io, found: object): string => jsonText({ ...found, ...failedOrgsOf(io) });
