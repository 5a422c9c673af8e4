import type { Control } from '../policy/control';
import { CONTROLS } from '../policy/controls';
import { exemptionWords, fieldsOf, kindWords, platformWords, setupOf } from '../policy/describe';
import { WEIGHTS } from '../policy/score';
import { formatRange, SEVERITIES } from '../policy/severity';
import { markdownTable } from '../values/markdown-table';

/** Where the document stands in the repository. */
export const CONTROLS_DOC_PATH = 'docs/controls.md';

const GROUPS: readonly { readonly title: string; readonly prefix: string }[] = [
  { title: 'External Client Apps', prefix: 'SFCA-ECA-' },
  { title: 'Connected Apps', prefix: 'SFCA-CA-' },
  { title: 'Both', prefix: 'SFCA-APP-' },
  { title: 'Org-wide settings', prefix: 'SFCA-ORG-' },
];

/** `docs/controls.md`, made from the controls themselves. */
export function controlsDoc(): string {
  const blocks = [
    '<!-- Generated from lib/policy/controls by scripts/controls-doc.ts. Change those files, not this one. -->',
    '# Controls',
    `There are ${CONTROLS.length} controls. Each checks one OAuth client, or the org as a whole, as it is in an org, in a file or in a program.`,
    RESULTS,
    SCORE,
    '## All controls',
    overview(),
    ...GROUPS.flatMap(({ title, prefix }) => [
      `## ${title}`,
      ...CONTROLS.filter(({ id }) => id.startsWith(prefix)).flatMap(section),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const RESULTS = `## Results of a control

- **pass**: the recommendation is followed.
- **low risk**: it is not, but a circumstance that was read makes that acceptable.
- **fail**: it is not. The severity follows the control's CVSS range: its upper end where only raising conditions hold, its lower end where only lowering ones do, the middle otherwise.
- **justified**: it is not, and someone has approved that until a date.
- **not applicable**: the control is not about clients of this kind, or the setting belongs to the vendor of an installed app.
- **not evaluated**: something could not be read. The result says what, and never counts as a pass or a violation.

A condition that could not be read does not count. An app of unknown kind is checked against the policies of all kinds it could be, and the worst result counts.`;

const SCORE = `## The score

A control weighs ${SEVERITIES.map((severity) => `${WEIGHTS[severity]} (${severity})`).join(', ')}. A violation costs the whole weight, a justified one half of it, a low risk ${WEIGHTS.low}. What is not applicable, not evaluated or advice does not count. The score is what is left of 100, and each point lost names its control.`;

function overview(): string {
  const rows = CONTROLS.map((control) => [
    `[${control.id}](#${control.id.toLowerCase()})`,
    escape(control.title),
    formatRange(control.cvss),
  ]);
  return markdownTable(['Control', 'What is right', 'CVSS'], rows);
}

function section(control: Control): readonly string[] {
  const judged = control.level === 'org' ? 'the org-wide settings' : `${platformWords(control)}; ${kindWords(control)}`;
  const range = `${formatRange(control.cvss)}, ${control.cvss.by === 'salesforce' ? 'by Salesforce' : 'our estimate'}`;
  const fields = fieldsOf(control);
  const facts = [
    `**Salesforce's control:** ${control.salesforceControl === undefined ? 'none published; the rule is our own' : escape(control.salesforceControl)}`,
    `**A violation says:** ${escape(control.finding)}`,
    `**Judges:** ${judged}${control.needsUsage ? '; with `--with-usage` only' : ''}`,
    `**Recommended:** ${escape(control.recommended)}`,
    `**Risk:** ${escape(control.risk)}`,
    `**Threat:** ${escape(control.threat)}`,
    `**CVSS:** ${range}${control.advisory ? '; advice only, never a violation' : ''}`,
    ...control.conditions.map(
      ({ effect, text }) => `**${effect === 'raises' ? 'Higher' : 'Lower'} risk when:** ${escape(text)}`,
    ),
    `**Risk in practice:** ${escape(control.considerations.risk)}`,
    `**What it costs:** ${escape(control.considerations.business)}`,
    ...(control.contradiction === undefined ? [] : [`**Contradiction:** ${escape(control.contradiction)}`]),
    `**In code:** ${escape(control.remedy.code)}`,
    `**In Setup:** ${escape(setupOf(control))}`,
    `**Fields:** ${fields.length === 0 ? 'none' : fields.map((name) => `\`${name}\``).join(', ')}`,
    `**Exceptions:** ${exemptionWords(control)}`,
    `**Source:** ${escape(control.source)}`,
  ];
  return [`### ${control.id}`, `${escape(control.title)}.`, facts.map((fact) => `- ${fact}`).join('\n')];
}

/** Characters that Markdown would take for its own; braces and brackets of code stay readable. */
const escape = (text: string): string => text.replace(/([_*<`|\\])/g, '\\$1');
