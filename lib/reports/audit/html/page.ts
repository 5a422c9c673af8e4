import { createHash } from 'node:crypto';

import type { Audit } from '../../../operations/audit';
import { findings } from '../../../policy/findings';
import { WEIGHTS } from '../../../policy/score';
import { SEVERITIES } from '../../../policy/severity';
import type { UsageReport } from '../../../usage/report';
import { type AuditGrouping, worstReportsFirst } from '../words';
import { appSections, appsTable, type PlacedReport } from './apps';
import { SCRIPT, STYLE } from './assets';
import { controlsSection } from './controls';
import { exposureMap } from './exposure';
import { findingsTable, isReported } from './findings';
import { type Markup, markup, trusted } from './markup';
import { overview } from './overview';
import { usageSection } from './usage';

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
export function auditHtml(
  audits: readonly Audit[],
  { version, today, by = 'app' }: HtmlOptions & { readonly by?: AuditGrouping },
): string {
  const placed = audits.flatMap(({ source, reports }, org) =>
    reports.map((report, index): PlacedReport => ({ source, report, anchor: `subject-${org}-${index}` })),
  );
  const bySubject = new Map(placed.map((each) => [each.report, each]));
  const shown = findings(placed.map(({ report }) => report))
    .filter(({ result }) => isReported(result))
    .map((finding) => {
      const place = bySubject.get(finding.report);
      return { ...finding, source: place?.source ?? '', anchor: place?.anchor ?? '' };
    });
  const several = audits.length > 1;
  const weights = SEVERITIES.map((severity) => `${WEIGHTS[severity]} ${severity}`).join(', ');
  const used = audits.flatMap(({ usage }) => usage ?? []);
  const apps = appsTable(worstFirst(placed), several);
  const found = findingsTable(shown, several);
  const controls = controlsSection(shown);
  const order = by === 'control' ? ['controls', 'apps', 'findings'] : ['apps', 'findings', 'controls'];
  const links = [...order, ...(used.length > 0 ? ['usage'] : []), 'details'];
  return htmlPage({
    version,
    today,
    heading: 'Client app audit',
    about: audits.map(({ source }) => source).join(', '),
    links: links.map((id) => ({ id, words: LINKS[id] ?? id })),
    main: markup`${audits.map(overview)}
${exposureMap(placed)}
${by === 'control' ? [controls, apps, found] : [apps, found, controls]}
${usageSection(used)}
${appSections(placed)}`,
    footer: `Weights: ${weights}. A violation costs the weight of its severity, a justified one half of it, a low risk ${WEIGHTS.low}. What does not apply or could not be read does not count. The score is what is left of 100.`,
  });
}

const LINKS: Readonly<Record<string, string>> = {
  findings: 'Findings',
  controls: 'By control',
  apps: 'Apps',
  usage: 'Usage',
  details: 'Evidence',
};

/** The same page with who uses the orgs alone. */
export const usageHtml = (reports: readonly UsageReport[], { version, today }: HtmlOptions): string =>
  htmlPage({
    version,
    today,
    heading: 'Client app usage',
    about: reports.map(({ org }) => org).join(', '),
    links: [],
    main: markup`${usageSection(reports)}`,
    footer: 'Anything that was not read is not counted as zero.',
  });

/** Reports are told apart by what they are, not by their names. */
function worstFirst(placed: readonly PlacedReport[]): readonly PlacedReport[] {
  const order = worstReportsFirst(placed.map(({ report }) => report));
  return [...placed].sort((a, b) => order.indexOf(a.report) - order.indexOf(b.report));
}

interface Page extends HtmlOptions {
  readonly heading: string;
  readonly about: string;
  readonly links: readonly { readonly id: string; readonly words: string }[];
  readonly main: Markup;
  readonly footer: string;
}

/** The shell that every page of ours has: its own script and style by hash, and nothing from elsewhere. */
export function htmlPage({ version, today, heading, about, links, main, footer }: Page): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const nav = links.map(({ id, words }) => markup`<a href="#${id}">${words}</a>`);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${heading} of ${about}, ${today}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the results</a>
<header><div class="bar-inner"><h1>${heading}</h1><p>${today} · client-apps ${version}</p>
${nav.length === 0 ? undefined : markup`<nav aria-label="Sections">${nav}</nav>`}</div></header>
<main id="content">
${main}
</main>
<footer><p>${footer}</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.html;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
