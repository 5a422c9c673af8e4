import { unicodeEscape, withoutCommands } from './ci-commands';

/** A line of a CSV file (RFC 4180) that no spreadsheet takes for a formula. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * What makes Excel, LibreOffice or Google Sheets take a cell for a formula: OWASP's list, with the full-width forms that
 * some of them fold, and behind whatever blanks and invisible characters are trimmed first.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

// eslint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

function cell(text: string): string {
  // On standard output, where a terminal and a CI server read it as well.
  const printable = withoutCommands(text.replace(CONTROLS, '\uFFFD'), unicodeEscape);
  const harmless = FORMULA.test(printable) ? `'${printable}` : printable;
  return `"${harmless.replaceAll('"', '""')}"`;
}
