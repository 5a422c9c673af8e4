import { APP_WORDS } from '../../metadata/live-app';
import type { KindVerdict } from '../../policy/client-kind';
import type { PackVerdict } from '../../policy/packs';
import type { CheckReport, ControlResult, ReportSubject, Score } from '../../policy/report';
import { SEVERITIES } from '../../policy/severity';

/** What the findings stand together by: an app has one owner, a control has one remedy. */
export type AuditGrouping = 'app' | 'control';

/** The lowest score first; without one nothing could be evaluated. */
export const worstReportsFirst = (reports: readonly CheckReport[]): readonly CheckReport[] =>
  [...reports].sort((a, b) => (a.score.value ?? 101) - (b.score.value ?? 101));

/** How bad a result is, in one word that is also its class: a severity for failures, else the outcome. */
export const gradeOf = ({ outcome, severity }: ControlResult): string =>
  outcome === 'fail' ? (severity ?? 'low') : outcome;

/** Every grade, worst first. */
export const GRADES: readonly string[] = [
  ...SEVERITIES,
  'justified',
  'low-risk',
  'not-evaluated',
  'pass',
  'not-applicable',
];

const WORDS: Readonly<Record<string, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  justified: 'Justified',
  'low-risk': 'Low risk',
  'not-evaluated': 'Not evaluated',
  pass: 'Pass',
  'not-applicable': 'Not applicable',
};

export const gradeWords = (grade: string): string => WORDS[grade] ?? grade;

export const nameOf = (subject: ReportSubject): string => (subject.type === 'org' ? 'Org settings' : subject.api_name);

export const platformOf = (subject: ReportSubject): string => {
  if (subject.type === 'org') return 'Org-wide';
  const platform = APP_WORDS[subject.platform];
  return subject.third_party ? `${platform}, installed` : platform;
};

/** `private`, `private or public`, and how sure that is. */
export const kindWords = ({ judged_as, confidence }: KindVerdict): string => {
  const kinds = judged_as.join(' or ');
  switch (confidence) {
    case 'declared':
      return `${kinds} (declared)`;
    case 'stated':
      return `${kinds} (stated)`;
    case 'none':
      return `${kinds} (not classified)`;
    default:
      return `${kinds} (${confidence} confidence)`;
  }
};

/** `partner-mandate-2026: does not meet, PKCE: …`. */
export const packWords = ({ pack, verdict, because }: PackVerdict): string =>
  `${pack}: ${verdict.replaceAll('-', ' ')}: ${because}`;

export const points = (value: number | undefined): string => (value === undefined ? 'n/a' : value.toFixed(1));

/** Where most controls could not be evaluated, how few the score rests on; empty otherwise. */
export const scoreBasis = ({ evaluated, not_evaluated }: Score): string =>
  evaluated > 0 && not_evaluated > evaluated
    ? `, with only ${evaluated} of ${evaluated + not_evaluated} controls evaluated`
    : '';
