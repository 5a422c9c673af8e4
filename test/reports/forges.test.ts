import { planOf } from '../../lib/plan/plan-file';
import type { OrgStatus } from '../../lib/plan/status';
import { auditMarkdown } from '../../lib/reports/audit/markdown';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { statusMarkdown } from '../../lib/reports/status/markdown';
import { usageMarkdown } from '../../lib/reports/usage/table';
import type { UsageReport } from '../../lib/usage/report';
import { diagnoseInWords } from '../../lib/values/diagnose';
import { DEEP } from '../deep';
import { HOSTILE } from '../import/hostile';
import { auditOf, HOSTILE_TEXTS, insecureReport } from './audit/support';
import { elements, FORGES, references, stripped } from './forges';
import { app, change, orgPlan, pkceOff } from './plan/support';

/** What some forge takes for its own. */
const FORGED = [
  '| `x` </details></code><b>!</b> @security #1 !2 ~bug %v1 $1 &1 GH-1',
  '```\n</details>\n## no changes',
  'https://evil.example and www.evil.example [a](https://evil.example)',
  '[[wiki|link]] $`x`$ :tada: [^1] ~~x~~ ==y== <!-- z',
  '\\`\\|\\<b>',
  '> quote\n- [ ] task\n\n---',
  '1. one',
  '||',
  '``',
  '&lt;b&gt; &amp;#64;x &#64;security',
];
const TEXTS = DEEP ? [...new Set([...FORGED, ...HOSTILE, ...HOSTILE_TEXTS])].filter((text) => text !== '') : FORGED;

const plan = (text: string): string => {
  const label = `${text} `;
  const diagnostic = diagnoseInWords('fact-unread', { path: text, problem: text, remedy: text });
  return planMarkdown(
    planOf([
      orgPlan(
        [
          app({
            label,
            action: 'update',
            changes: [pkceOff, change({ reason: text, after: { state: 'value', value: text } })],
          }),
          app({ api_name: text, path: `p/${text}`, label, action: 'create', changes: [change({})] }),
          app({ api_name: `${text}2`, label }),
        ],
        {
          unmanaged: [`ConnectedApp:${text}`],
          consents: { ...orgPlan([]).consents, except: [text] },
          diagnostics: (['error', 'warning', 'note'] as const).map((severity) => ({ ...diagnostic, severity })),
        },
      ),
      orgPlan([], { org: text }),
    ]),
  );
};

const status = (text: string): string => {
  const lists = { beside: [text], rotations: [text], not_evaluated: [text] };
  const read: OrgStatus = {
    org: text,
    state: 'read',
    org_id: '00D000000000001AAA',
    in_sync: false,
    apps: [
      { api_name: text, platform: 'external-client-app', state: 'drifted', fields: [text] },
      { api_name: `${text}2`, platform: 'connected-app', state: 'not-evaluated', fields: [], because: text },
    ],
    ends: [{ on: '2026-12-01', what: 'certificate', of: text, which: text }],
    ...lists,
  };
  return statusMarkdown([read, { ...read, org: `${text}3` }], '2026-11-21');
};

const usage = (text: string): string => {
  const report: UsageReport = {
    org: text,
    org_id: '00D000000000001AAA',
    today: '2026-11-21',
    logins_since: '2026-10-21',
    apps: [
      { label: text, standing: 'unknown', publisher: text, look_alike: { of: text, why: text }, reach: text },
      { label: `${text}2`, standing: 'unmanaged', publisher: text, reach: text },
    ] as unknown as UsageReport['apps'],
    left_out: 0,
    not_evaluated: [],
    api_calls: 1,
  };
  return usageMarkdown([report]);
};

const audit = (text: string): string => auditMarkdown([auditOf([insecureReport(text, text)], { source: text })]);

const REPORTS = { plan, status, usage, audit };
const CASES = Object.entries(FORGES).flatMap(([forge, render]) =>
  Object.entries(REPORTS).map(([name, report]) => ({ forge, name, shown: (text: string) => render(report(text)) })),
);

describe.each(CASES)('$name in $forge', ({ shown }) => {
  const plain = shown('Harmless');

  it('uses elements that the forge keeps', () => {
    expect(stripped(plain)).toEqual([]);
    expect(elements(plain).length).toBeGreaterThan(20);
  });

  it.each(TEXTS)('shows %j as text: no element more or less, no mention, reference or link', (text) => {
    const html = shown(text);
    expect(elements(html)).toEqual(elements(plain));
    expect(references(html)).toEqual(references(plain));
  });
});

test('the judge sees what breaks out', () => {
  for (const render of Object.values(FORGES)) {
    expect(elements(render('| a | b |\n| - | - |\n| c | d | e |'))).toContain('table');
    expect(references(render('a @security of #1 and ~bug'))).toEqual(['@security', '#1', '~bug']);
    expect(stripped(render('<img src=x>'))).toEqual(['img']);
    expect(references(render('`@security` <code>#1</code>'))).toEqual([]);
  }
});
