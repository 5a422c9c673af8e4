import type { ControlResult, ReportSubject } from '../../policy/report';
import type { KindVerdict } from '../../policy/client-kind';
import type { ObservedSetting } from '../../policy/report';
import { SEVERITIES } from '../../policy/severity';
import { markup, type Markup } from './markup';

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

export const badge = (grade: string): Markup => markup`<span class="badge ${grade}">${gradeWords(grade)}</span>`;

export const nameOf = (subject: ReportSubject): string =>
  subject.type === 'org' ? 'Org settings' : subject.api_name;

export const platformOf = (subject: ReportSubject): string => {
  if (subject.type === 'org') return 'Org-wide';
  const platform = subject.platform === 'connected-app' ? 'Connected App' : 'External Client App';
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

export const points = (value: number | undefined): string => (value === undefined ? 'n/a' : value.toFixed(1));

/** `Type.field` as a person reads it: the type is told once. */
export function settingWords({ field, state, value, reason }: ObservedSetting): Markup {
  const names = field.split(', ');
  const told =
    state === 'unreadable'
      ? markup`<em>not read: ${reason ?? 'no reason given'}</em>`
      : state === 'absent'
        ? markup`<em>not set</em>`
        : markup`<code>${value ?? ''}</code>${state === 'default' ? markup` <em>(platform default)</em>` : undefined}`;
  return markup`<tr><th scope="row">${names.map((name) => markup`<code>${name}</code> `)}</th><td>${told}</td></tr>`;
}
