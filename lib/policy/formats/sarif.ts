import { digest } from '../../metadata/digest';
import { CONTROLS } from '../controls';
import type { CheckReport } from '../report';
import type { Severity } from '../severity';
import { findings, type Finding } from './findings';

const LEVEL: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

export interface SarifOptions {
  readonly version: string;
  /** Where an app is declared or stored, by API name: a path relative to the repository, and a line. */
  readonly locations?: ReadonlyMap<string, { readonly file: string; readonly line: number }>;
}

/** SARIF 2.1.0: violations, excused ones as suppressed, with fingerprints that survive a move of the code. */
export function auditSarif(reports: readonly CheckReport[], { version, locations }: SarifOptions): string {
  const results = findings(reports)
    .filter(({ result }) => ['fail', 'justified', 'low-risk'].includes(result.outcome))
    .map((finding) => toResult(finding, locations));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'client-apps', version, rules: CONTROLS.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const rule = (control: (typeof CONTROLS)[number]): object => ({
  id: control.id,
  name: control.id.replaceAll('-', ''),
  shortDescription: { text: control.title },
  fullDescription: { text: control.recommended },
  help: { text: `${control.threat}\n\nIn code: ${control.remedy.code}\nIn Setup: ${control.remedy.setup}` },
  properties: { 'security-severity': control.cvss.to.toFixed(1) },
});

function toResult({ subject, report, result }: Finding, locations: SarifOptions['locations']): object {
  const name = report.subject.type === 'app' ? report.subject.api_name : 'org';
  const at = locations?.get(name);
  const logical = { name, fullyQualifiedName: subject, kind: 'object' };
  return {
    ruleId: result.control,
    ruleIndex: CONTROLS.findIndex(({ id }) => id === result.control),
    level: result.outcome === 'low-risk' ? 'note' : LEVEL[result.severity ?? 'low'],
    message: { text: `${subject}: ${result.because}` },
    locations: [
      {
        ...(at && {
          physicalLocation: {
            artifactLocation: { uri: at.file.split('/').map(encodeURIComponent).join('/') },
            region: { startLine: at.line },
          },
        }),
        logicalLocations: [logical],
      },
    ],
    partialFingerprints: { 'clientApps/v1': digest([subject, result.control]).slice('sha256:'.length) },
    ...(result.exception && {
      suppressions: [
        {
          kind: 'inSource',
          status: 'accepted',
          justification: `${result.exception.reason} (approved by ${result.exception.approved_by} until ${result.exception.expires})`,
        },
      ],
    }),
  };
}
