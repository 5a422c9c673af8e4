import type { CheckReport } from '../report';
import { findings } from './findings';

const HEADER = [
  'subject',
  'control',
  'title',
  'outcome',
  'severity',
  'because',
  'exception_reason',
  'exception_approved_by',
  'exception_expires',
  'exception_ticket',
];

/** Every result as a line, for evidence: RFC 4180, and nothing that a spreadsheet would run as a formula. */
export function auditCsv(reports: readonly CheckReport[]): string {
  const rows = findings(reports).map(({ subject, result }) => [
    subject,
    result.control,
    result.title,
    result.outcome,
    result.severity ?? '',
    result.because,
    result.exception?.reason ?? '',
    result.exception?.approved_by ?? '',
    result.exception?.expires ?? '',
    result.exception?.ticket ?? '',
  ]);
  return [HEADER, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
