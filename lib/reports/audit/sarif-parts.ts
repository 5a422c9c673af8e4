import type { ReportingDescriptor, Result } from 'sarif';

import type { Control } from '../../policy/control';
import { setupOf } from '../../policy/describe';
import type { ControlResult } from '../../policy/report';
import { scoreWithin, type Severity, severityOf } from '../../policy/severity';
import { capital } from '../../values/plural';

const LEVEL: Readonly<Record<Severity, NonNullable<Result['level']>>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

export const level = (outcome: ControlResult['outcome'], severity: Severity): NonNullable<Result['level']> =>
  outcome === 'low-risk' ? 'note' : LEVEL[severity];

/** A control as a rule. `security-severity` is what GitHub sorts by: the upper end of the range. */
export function ruleOf(control: Control): ReportingDescriptor {
  const usual = severityOf(scoreWithin(control.cvss, false, false));
  const { code } = control.remedy;
  const setup = setupOf(control);
  return {
    id: control.id,
    name: pascalCase(control.id),
    // What a code scanning service heads each alert with.
    shortDescription: { text: sarifText(control.finding) },
    fullDescription: { text: sarifText(`${control.recommended} ${control.risk}`) },
    help: {
      text: `${control.threat}\n\nIn code: ${code}\n\nIn Setup: ${setup}\n\nSource: ${control.source}`,
      markdown: `${control.threat}\n\n**In code:** ${code}\n\n**In Setup:** ${setup}\n\n**Source:** ${control.source}`,
    },
    defaultConfiguration: { level: control.advisory ? 'note' : LEVEL[usual] },
    properties: {
      'security-severity': (control.advisory ? 0.1 : control.cvss.to).toFixed(1),
      precision: 'very-high',
      tags: ['security', 'oauth', 'salesforce'],
    },
  };
}

/** `SFCA-ECA-PKCE` as `SfcaEcaPkce`. */
const pascalCase = (id: string): string => id.toLowerCase().split('-').map(capital).join('');

/** Text in which nothing is taken for a link (`[text](1)`) or a placeholder (`{0}`), as SARIF messages know them. */
export const sarifText = (text: string): string =>
  text
    .replace(/[\\[\]]/g, '\\$&')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}');

/** A path as a relative reference, or a `file:` URI where it is absolute; every character that has a meaning is escaped. */
export function uriOf(path: string): string {
  const drive = /^[A-Za-z]:\//.test(path);
  const escaped = path
    .split('/')
    .map((part, index) => (drive && index === 0 ? part : encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD'))))
    .join('/');
  if (drive) return `file:///${escaped}`;
  return path.startsWith('/') ? `file://${escaped}` : escaped;
}
