import { findings, placeOf } from '../../policy/findings';
import type { CheckReport, ObservedSetting } from '../../policy/report';
import { csvLine } from '../../values/csv-line';

const HEADER = [
  'source',
  'subject',
  'platform',
  'client_kind',
  'control',
  'title',
  'outcome',
  'severity',
  'cvss',
  'points_lost',
  'subject_score',
  'because',
  'observed',
  'file',
  'line',
  'exception_reason',
  'exception_approved_by',
  'exception_expires',
  'exception_ticket',
  'finding',
  'stopped',
];

/** What one audit gives to a CSV file. */
export interface CsvAudit {
  /** The org, or the path that was read. */
  readonly source: string;
  readonly reports: readonly CheckReport[];
  /** Apps that were not judged. */
  readonly excluded?: readonly { readonly api_name: string; readonly platform: string; readonly reason: string }[];
}

/** Every result as a line, for evidence: RFC 4180 with every cell quoted, and nothing that a spreadsheet would run. */
export function auditCsv(audits: readonly CsvAudit[]): string {
  return [...lines(audits)].join('');
}

function* lines(audits: readonly CsvAudit[]): Iterable<string> {
  yield csvLine(HEADER);
  for (const { source, reports, excluded = [] } of audits) {
    for (const { api_name, platform, reason } of excluded) {
      const cells = [source, api_name, platform, '', '', '', 'excluded', '', '', '', '', reason];
      yield csvLine(HEADER.map((_, index) => cells[index] ?? ''));
    }
    for (const { subject, report, result } of findings(reports)) {
      const place = placeOf(report, result);
      yield csvLine([
        source,
        subject,
        report.subject.type === 'app' ? report.subject.platform : '',
        report.kind?.judged_as.join(' or ') ?? '',
        result.control,
        result.title,
        result.outcome,
        result.severity ?? '',
        result.cvss?.toFixed(1) ?? '',
        String(lossOf(report, result.control)),
        report.score.value?.toFixed(1) ?? '',
        result.because,
        result.observed.map(setting).join('; '),
        place?.file ?? '',
        place === undefined ? '' : String(place.line),
        result.exception?.reason ?? '',
        result.exception?.approved_by ?? '',
        result.exception?.expires ?? '',
        result.exception?.ticket ?? '',
        result.finding ?? '',
        report.subject.type === 'app' ? String(report.subject.stopped) : '',
      ]);
    }
  }
}

/** What the result takes from the score of its own subject. */
const lossOf = ({ score }: CheckReport, control: string): number =>
  score.losses.find((loss) => loss.control === control)?.points ?? 0;

const setting = ({ field, state, value }: ObservedSetting): string =>
  `${field}=${value === undefined ? `(${state})` : value}${state === 'default' ? ' (default)' : ''}`;
