import Ajv from 'ajv';
import addFormats from 'ajv-formats';

import type { Audit } from '../../../lib/operations/audit';
import { checkApp } from '../../../lib/policy/check';
import type { CheckReport } from '../../../lib/policy/report';
import { combinedScore } from '../../../lib/policy/score';
import { privateApp, TODAY } from '../../policy/support';
import schema from './sarif-2.1.0.schema.json';

/**
 * The official schema is written in draft 04, which this validator no longer reads. The two drafts differ in the name of
 * `id` alone where this schema is concerned: it has no exclusive bounds, which changed their shape.
 */
function draft07(document: object): object {
  if (JSON.stringify(document).includes('"exclusiveM')) throw new Error('exclusive bounds have another shape now');
  const { $schema: _, id, ...rest } = document as Readonly<Record<string, unknown>>;
  return { $id: id, ...rest };
}

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(draft07(schema));

/** What the official schema objects to; a test expects nothing. */
export const sarifProblems = (log: unknown): readonly string[] =>
  validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);

const { app: insecure } = privateApp({ global: { isPkceRequired: false, isRefreshTokenRotationEnabled: false } });
const judged = checkApp(insecure, { today: TODAY }, { kind: 'private', by: 'declared' });

const named = (subject: CheckReport['subject'], apiName: string): CheckReport['subject'] =>
  subject.type === 'app' ? { ...subject, api_name: apiName } : subject;

/** The report of an app that violates controls, under any name: judged once, as some tests want thousands of them. */
export function insecureReport(apiName = 'Portal', because?: string): CheckReport {
  const report = { ...judged, subject: named(judged.subject, apiName) };
  if (because === undefined) return report;
  return { ...report, results: report.results.map((result) => ({ ...result, because })) };
}

/** Texts that some reader of reports would take for its own syntax, or that cannot be printed. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  ']]>&amp;<![CDATA[',
  '=HYPERLINK("http://evil.example","x")',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ' =1',
  '＝1',
  'a,b;"c"\nd\re',
  '[link](https://evil.example) @octocat #1 www.evil.example',
  '`code` ``` | cell | <!-- --> -->',
  '\u0000\u0001\u001b[31mred',
  '\u009b31mred \u0085 \u007f',
  '##vso[task.setvariable variable=PATH]x',
  '::add-mask::prod',
  '\ud800 lone',
  '\u202eevil',
  '😀 \uffff',
  '{0} {{1}} [text](1)',
];

/** The audit of an org that these are the reports of. */
export const auditOf = (reports: readonly CheckReport[], more: Partial<Audit> = {}): Audit => ({
  format_version: '1.1',
  origin: 'org',
  source: 'prod',
  reports,
  diagnostics: [],
  score: combinedScore(reports),
  unread: [],
  excluded: [],
  ...more,
});
