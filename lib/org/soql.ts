/** A text as a SOQL literal, quotes included: nothing in it can end the literal. */
export function soqlText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

export const soqlList = (texts: readonly string[]): string => `(${texts.map(soqlText).join(', ')})`;
