import { gradeOf, GRADES, gradeWords, nameOf } from '../words';
import type { PlacedReport } from './apps';
import { type Markup, markup } from './markup';

/** Fewer are seen at a glance in the table. */
const FROM = 3;

/** Beyond this a mark is no longer told from its neighbor, and the table says more. */
const MOST = 400;

/**
 * Every app as a mark in the row of its worst violation: how exposed the org is, before anything is read. Each mark has
 * its name and leads to the evidence of its app.
 */
export function exposureMap(placed: readonly PlacedReport[]): Markup | undefined {
  const all = placed.filter(({ report }) => report.subject.type === 'app');
  if (all.length < FROM || all.length > MOST) return undefined;
  const rows = ROWS.flatMap((grade) => {
    const marks = all.filter((each) => worstOf(each) === grade);
    if (marks.length === 0) return [];
    const links = marks.map(
      ({ anchor, report }) =>
        markup`<li><a class="mark ${grade}" href="#${anchor}" title="${nameOf(report.subject)}" aria-label="${nameOf(report.subject)}"></a></li>`,
    );
    const words = grade === 'pass' ? 'No violation' : gradeWords(grade);
    return [
      markup`<div class="exposure-row"><p id="exposure-${grade}"><strong>${marks.length}</strong> ${words}</p><ul aria-labelledby="exposure-${grade}">${links}</ul></div>`,
    ];
  });
  return markup`<section class="exposure card" aria-labelledby="exposure"><h2 id="exposure">Apps by their worst violation</h2>${rows}</section>`;
}

const ROWS = ['critical', 'high', 'medium', 'low', 'pass', 'not-evaluated'];

/** Nothing evaluated is no pass. */
function worstOf({ report: { results } }: PlacedReport): string {
  const grades = results.map(gradeOf);
  const worst = GRADES.find((grade) => grades.includes(grade)) ?? 'not-evaluated';
  if (ROWS.slice(0, 4).includes(worst)) return worst;
  return grades.some((grade) => ['pass', 'low-risk', 'justified'].includes(grade)) ? 'pass' : 'not-evaluated';
}
