/** Stands in the ownership line, and in its field, where a fingerprint would: the app has no certificate. */
export const NO_CERTIFICATE = 'none';

/** What the last line of an app's description says about who manages it (D10). */
export interface OwnershipLine {
  /** Id of the manifest that owns the app. */
  readonly managedBy: string;
  /**
   * SHA-256 of the certificate that was sent last, in hexadecimal, or `none`: the app was created without one, or lost it
   * by name. Undefined: not known. Salesforce may not return the certificate, so that absence proves nothing (D5).
   */
  readonly certificate?: string;
}

const LINE = /^Managed as code by (.+?)(?:; (?:certificate sha256:([0-9a-f]{64})|(no certificate)))?\.?$/;

/** Splits a description into the author's text and our line, where there is one. */
export function splitDescription(description: string): { readonly text: string; readonly line?: OwnershipLine } {
  const lines = description.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const match = LINE.exec(lines.at(-1)?.trim() ?? '');
  if (!match?.[1]) return { text: description.trim() };
  const certificate = match[2] ?? (match[3] === undefined ? undefined : NO_CERTIFICATE);
  return {
    text: lines.slice(0, -1).join('\n').trim(),
    line: { managedBy: match[1], ...(certificate !== undefined && { certificate }) },
  };
}

/** The description with our line at its end. */
export function joinDescription(text: string, line: OwnershipLine | undefined): string {
  if (!line) return text;
  const ours = `Managed as code by ${line.managedBy}${certificateWords(line.certificate)}`;
  return text === '' ? ours : `${text}\n${ours}`;
}

function certificateWords(certificate: string | undefined): string {
  if (certificate === undefined) return '';
  return certificate === NO_CERTIFICATE ? '; no certificate' : `; certificate sha256:${certificate}`;
}
