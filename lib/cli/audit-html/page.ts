import { createHash } from 'node:crypto';

import type { Audit } from '../../operations/audit';
import { findings } from '../../policy/formats/findings';
import { WEIGHTS } from '../../policy/score';
import { SEVERITIES } from '../../policy/severity';
import { appSections, appsTable, type PlacedReport } from './apps';
import { findingsTable, isTold } from './findings';
import { markup, trusted } from './markup';
import { overview } from './overview';
import { SCRIPT } from './script';
import { STYLE } from './style';

export interface HtmlOptions {
  readonly version: string;
  /** `YYYY-MM-DD`, the day of the audit. */
  readonly today: string;
}

/**
 * Audits as one page that needs nothing else: no network, font or image. Everything can be read without script; with it
 * the findings can be filtered and the tables sorted. The content security policy names its own script and style by
 * hash, so that nothing an app is called could run even if it were not escaped.
 */
export function auditHtml(audits: readonly Audit[], { version, today }: HtmlOptions): string {
  const placed = audits.flatMap(({ source, reports }, org) =>
    reports.map((report, index): PlacedReport => ({ source, report, anchor: `subject-${org}-${index}` })),
  );
  const bySubject = new Map(placed.map((each) => [each.report, each]));
  const told = findings(placed.map(({ report }) => report))
    .filter(({ result }) => isTold(result))
    .map((finding) => {
      const place = bySubject.get(finding.report);
      return { ...finding, source: place?.source ?? '', anchor: place?.anchor ?? '' };
    });
  const several = audits.length > 1;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const weights = SEVERITIES.map((severity) => `${WEIGHTS[severity]} ${severity}`).join(', ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Client app audit of ${audits.map(({ source }) => source).join(', ')}, ${today}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the results</a>
<header><div class="bar-inner"><h1>Client app audit</h1><p>${today} · client-apps ${version}</p>
<nav aria-label="Sections"><a href="#findings">Findings</a><a href="#apps">Apps</a><a href="#details">Evidence</a></nav></div></header>
<main id="content">
${audits.map(overview)}
${appsTable(placed, several)}
${findingsTable(told, several)}
${appSections(placed)}
</main>
<footer><p>Weights: ${weights}. A violation costs the weight of its severity, a justified one half of it, a low risk ${WEIGHTS.low}. What does not apply or could not be read does not count. The score is what is left of 100.</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.html;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
