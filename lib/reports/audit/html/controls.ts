import { affectedText, byControl } from '../../../policy/by-control';
import { placeOf } from '../../../policy/findings';
import { nameOf } from '../words';
import type { PlacedFinding } from './findings';
import { type Markup, markup } from './markup';
import { badge } from './words';

/** Each violated control with one remedy and every app that it is for: what is done once for all of them. */
export function controlsSection(all: readonly PlacedFinding[]): Markup | undefined {
  const reports = [...new Set(all.map(({ report }) => report))];
  const groups = byControl(reports);
  if (groups.length === 0) return undefined;
  const anchorOf = new Map(all.map(({ report, anchor }) => [report, anchor]));
  const cards = groups.map((group) => {
    const { control, severity, headline, findings, remedy } = group;
    const apps = findings.map(({ report, result }) => {
      const place = placeOf(report, result);
      return markup`<li>${result.severity === severity ? undefined : badge(result.severity ?? 'low')} <a href="#${anchorOf.get(report) ?? ''}">${nameOf(report.subject)}</a> <span class="note">${result.because}</span>${place && markup` <code>${place.file}:${place.line}</code>`}</li>`;
    });
    const fix =
      remedy && markup`<dl><dt>In code</dt><dd>${remedy.code}</dd><dt>In Setup</dt><dd>${remedy.setup}</dd></dl>`;
    return markup`<details class="card app"><summary>${badge(severity)} <strong>${headline}</strong> <span class="note">${control} · ${affectedText(group)}</span></summary><div class="detail">${fix}<ul>${apps}</ul></div></details>`;
  });
  return markup`<section aria-labelledby="controls"><h2 id="controls">By control</h2>${cards}</section>`;
}
