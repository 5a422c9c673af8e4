import type { ObservedSetting, ReportSubject } from '../../../policy/report';
import { gradeWords } from '../words';
import { type Markup, markup } from './markup';

export const badge = (grade: string): Markup => markup`<span class="badge ${grade}">${gradeWords(grade)}</span>`;

export const stoppedBadge = (subject: ReportSubject): Markup | undefined =>
  subject.type === 'app' && subject.stopped ? markup` <span class="badge stopped">Stopped</span>` : undefined;

/** `Type.field` as a person reads it: the type is named once. */
export function settingWords({ field, state, value, reason }: ObservedSetting): Markup {
  const names = field.split(', ');
  const shown =
    state === 'unreadable'
      ? markup`<em>not read: ${reason ?? 'no reason given'}</em>`
      : state === 'absent'
        ? markup`<em>not set</em>`
        : markup`<code>${value ?? ''}</code>${state === 'default' ? markup` <em>(platform default)</em>` : undefined}`;
  return markup`<dt>${names.map((name) => markup`<code>${name}</code> `)}</dt><dd>${shown}</dd>`;
}
