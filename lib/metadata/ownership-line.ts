/** What the last line of an app's description says about who manages it (D10). */
export interface OwnershipLine {
  /** Id of the manifest that owns the app. */
  readonly managedBy: string;
  /** SHA-256 of the certificate that was sent last, in hexadecimal; Salesforce may not return the certificate (D5). */
  readonly certificateFingerprint?: string;
}

const LINE = /^Managed as code by (.+?)(?:; certificate sha256:([0-9a-f]{64}))?\.?$/;

/** Splits a description into the author's text and our line, where there is one. */
export function splitDescription(description: string): { readonly text: string; readonly line?: OwnershipLine } {
  const lines = description.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const match = LINE.exec(lines.at(-1)?.trim() ?? '');
  if (!match?.[1]) return { text: description.trim() };
  return {
    text: lines.slice(0, -1).join('\n').trim(),
    line: { managedBy: match[1], ...(match[2] !== undefined && { certificateFingerprint: match[2] }) },
  };
}

/** The description with our line at its end. */
export function joinDescription(text: string, line: OwnershipLine | undefined): string {
  if (!line) return text;
  const certificate =
    line.certificateFingerprint === undefined ? '' : `; certificate sha256:${line.certificateFingerprint}`;
  const ours = `Managed as code by ${line.managedBy}${certificate}`;
  return text === '' ? ours : `${text}\n${ours}`;
}
