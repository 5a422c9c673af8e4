/** What Slack reads as mentions and links begins with one of these. */
export const escapedForSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const FENCE = '```';

/** The lines as fenced blocks of at most so many characters; a longer line is broken. */
export function slackChunks(text: string, most: number): readonly string[] {
  const room = most - 2 * FENCE.length - 2;
  const chunks: string[] = [];
  let lines = '';
  for (const line of text
    .trimEnd()
    .split('\n')
    .flatMap((each) => pieces(each, room))) {
    if (lines !== '' && lines.length + 1 + line.length > room) {
      chunks.push(lines);
      lines = line;
    } else lines = lines === '' ? line : `${lines}\n${line}`;
  }
  return [...chunks, lines].map((each) => `${FENCE}\n${each}\n${FENCE}`);
}

/** Escaped, with no fence in it, and never broken inside a character or an escape. */
function pieces(line: string, room: number): readonly string[] {
  const parts: string[] = [''];
  for (const character of line.replaceAll(FENCE, "'''")) {
    const escaped = escapedForSlack(character);
    const last = parts.at(-1) ?? '';
    if (last.length + escaped.length > room) parts.push(escaped);
    else parts[parts.length - 1] = last + escaped;
  }
  return parts;
}
