import { type Justification, justificationProblems } from '../../values/justification';
import { isVisible } from '../../values/text';
import type { Reading } from '../reading';
import { readRecord } from './values';

const MEMBERS = ['reason', 'approvedBy', 'expires', 'ticket'] as const;

const SHAPE = "{ reason: '…', approvedBy: '…', expires: 'YYYY-MM-DD' }";

/**
 * Judges the justification of an insecure option and records it as an exception of the app. `what` completes
 * "… needs a justification".
 */
export function readJustification(value: unknown, option: string, what: string, reading: Reading): void {
  const field = `${option}.justification`;
  if (value === undefined || value === null) {
    reading.report('missing-justification', field, {
      problem: `${what} needs a justification, and none was given`,
      allowed: SHAPE,
      remedy: 'add a justification, or remove the option to return to the secure default',
    });
    return;
  }
  const record = readRecord(value, field, MEMBERS, reading);
  if (!record) return;
  const justification = {
    reason: line(record['reason']),
    approvedBy: line(record['approvedBy']),
    expires: line(record['expires']),
    ...(record['ticket'] !== undefined && { ticket: line(record['ticket']) }),
  } satisfies Justification;
  const problems = justificationProblems(justification, reading.context.today);
  for (const { code, member, ...problem } of problems) {
    const given = record[member];
    reading.report(code, `${field}.${member}`, problem, given === undefined ? undefined : { given });
  }
  if (problems.length === 0) reading.exceptions.push({ option, justification });
}

/** Anything that is not text to be read counts as blank, and control characters never reach a report. */
function line(value: unknown): string {
  return typeof value === 'string' && isVisible(value) ? value.replace(/[\p{Cc}\s]+/gu, ' ').trim() : '';
}
