import type { Audit } from '../../operations/audit';
import { type Finding, subjectName } from '../../policy/findings';
import type { CheckReport } from '../../policy/report';
import { isComplete } from '../../usage/report';
import { CONSUMER } from '../../values/metadata-types';
import { asSentence } from '../../values/sentence';

/** Apps of which no control could say anything, although some had to. */
const blind = ({ reports }: Audit): readonly CheckReport[] =>
  reports.filter(({ score }) => score.evaluated === 0 && score.not_evaluated > 0);

/**
 * What keeps an audit from being clean although nothing failed, each in a sentence: files and records that could not be
 * read, apps of which nothing could be evaluated, an audit without any app or setting.
 */
export function gapsOf(audit: Audit): readonly string[] {
  const { origin, source, reports, excluded, unread, usage } = audit;
  // Facts about users that an org refuses to tell are missing from single results, which say so.
  const records = unread.filter(({ path }) => origin === 'files' || path !== source);
  const apps = blind(audit).map(subjectName);
  return [
    ...(records.length > 0 ? [`${count(records.length, 'file or record', 'files or records')} could not be read`] : []),
    ...(apps.length > 0 ? [`nothing could be evaluated for ${few(apps)}`] : []),
    ...(usage && !isComplete(usage)
      ? ['not every token could be read, or not every app could be distinguished from the others']
      : []),
    ...(reports.length === 0 && excluded.length === 0 ? ['there were no apps or settings to check'] : []),
  ];
}

/** What to do about them. */
export const GAPS_REMEDY =
  'The exit code is 3: fix what could not be read, or add --allow-unread to ignore it in the exit code.';

/** Why controls were not evaluated, the commonest reason first; an audit of files says what else may be the matter. */
export function unevaluated(findings: readonly Finding[], origin: Audit['origin']): readonly string[] {
  const reasons = new Map<string, number>();
  for (const { result } of findings) {
    if (result.outcome !== 'not-evaluated') continue;
    const { because } = result.by_kind?.find(({ outcome }) => outcome === 'not-evaluated') ?? result;
    reasons.set(because, (reasons.get(because) ?? 0) + 1);
  }
  return [...reasons]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, times]) => {
      const hint =
        // Where files lie beside each other, one that is missing may be missing from the folder alone.
        origin === 'files' && reason.includes(CONSUMER)
          ? ' Its file (*.ecaGlblOauth-meta.xml) is often kept out of version control, because it can contain the consumer key: audit the org itself.'
          : '';
      return `${count(times, 'control', 'controls')} not evaluated: ${asSentence(reason)}${hint}`;
    });
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** How many names a sentence holds. */
const FEW = 5;

const few = (names: readonly string[]): string =>
  names.length <= FEW ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more`;
