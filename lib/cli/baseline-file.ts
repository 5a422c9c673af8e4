import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Audit } from '../operations/audit';
import { type Baseline, baselineFor, readBaseline } from '../policy/baseline';
import { subjectName } from '../policy/findings';
import { diagnose, diagnoseInWords } from '../values/diagnose';
import { ClientAppsError, isError } from '../values/diagnostic';
import { type Justification, justificationProblems } from '../values/justification';
import { EXIT, type ExitCode } from './exit-code';
import { invalidInput, readText, usable, writeText } from './files';
import type { AuditFlags } from './flags';
import type { Io } from './io';

const OPTION = { reason: '--reason', approvedBy: '--approved-by', expires: '--expires', ticket: '--ticket' } as const;

/** The exceptions that `--baseline` names. @throws ClientAppsError with everything that is wrong with the file. */
export function loadBaseline(io: Io, { baseline: file }: AuditFlags): Baseline | undefined {
  if (file === undefined) return undefined;
  return usable(readBaseline(readText(resolve(io.cwd, file), 'file-missing/baseline'), file));
}

/**
 * What to write with `--write-baseline`, checked before anything is audited: who answers for the violations, and a file
 * that is not there yet or is the very one that `--baseline` names.
 * @throws ClientAppsError
 */
export function baselineToWrite(io: Io, flags: AuditFlags): Justification | undefined {
  const { writeBaseline: file, baseline, reason = '', approvedBy = '', expires = '', ticket } = flags;
  if (file === undefined) {
    const idle = Object.entries(OPTION).filter(([name]) => flags[name as keyof typeof OPTION] !== undefined);
    if (idle.length === 0) return undefined;
    throw invalidInput(diagnose('option-without-effect', { path: idle.map(([, option]) => option).join(', ') }));
  }
  const justification = { reason, approvedBy, expires, ...(ticket !== undefined && { ticket }) };
  const problems = justificationProblems(justification, io.today()).map(({ member, code, problem, allowed, remedy }) =>
    diagnoseInWords(code, { path: OPTION[member], problem, allowed, remedy }),
  );
  const path = resolve(io.cwd, file);
  if (existsSync(path) && (baseline === undefined || resolve(io.cwd, baseline) !== path)) {
    problems.push(diagnose('baseline-exists', { path: file }, { file }));
  }
  if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
  return justification;
}

/** What the new baseline is made from. */
export interface Recorded {
  readonly audits: readonly Audit[];
  readonly justification: Justification;
  readonly baseline: Baseline | undefined;
  /** Every org could be audited. */
  readonly complete: boolean;
}

/**
 * Writes the baseline, says what it holds and what no one may excuse, and exits with 3 only for the latter. Writes
 * nothing where an org could not be read or an exception that there is does not hold.
 */
export function recordBaseline(io: Io, flags: AuditFlags, recorded: Recorded): ExitCode | undefined {
  const { writeBaseline: file, failOn = 'high' } = flags;
  const { audits, justification, baseline, complete } = recorded;
  if (file === undefined) return undefined;
  const refused = complete
    ? audits.some(({ diagnostics }) => diagnostics.some(isError)) && 'there are errors to correct first'
    : 'not every org could be audited';
  if (refused !== false) {
    io.stderr.write(`Not written, because ${refused}: ${file}\n`);
    return undefined;
  }
  const several = audits.length > 1;
  const judged = audits.map(({ origin, source, reports }) => ({
    ...(several && origin === 'org' && { org: source }),
    reports,
  }));
  const { document, added, inexcusable } = baselineFor(judged, failOn, justification, baseline?.document);
  writeText(resolve(io.cwd, file), `${JSON.stringify(document, null, 2)}\n`);
  io.stderr.write(`Wrote ${file}: ${added} ${added === 1 ? 'exception' : 'exceptions'} added.\n`);
  for (const { report, result } of inexcusable) {
    io.stderr.write(`${result.control} cannot be excused for ${subjectName(report)}.\n`);
  }
  return inexcusable.length > 0 ? EXIT.findings : EXIT.ok;
}
