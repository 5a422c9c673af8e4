import { visible } from '../values/visible';
import { escapeHtml } from './escape-html';

/** Text as a code span: nothing in it is markup, a link or a mention, whatever characters it holds. */
export function code(text: string): string {
  const shown = visible(text);
  if (shown === '') return '`(empty)`';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a fenced block of plain text. */
export function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

/**
 * Markdown of one line as HTML, for a summary: with Markdown in it, its triangle would stand on a line of its own. Knows
 * code spans, bold text and escaped characters.
 */
export function asHtml(markdown: string): string {
  let bold = false;
  const token = /(`+)(.*?[^`])\1(?!`)|(\*\*)|\\([^\w\s])|[&<>]/g;
  return markdown.replace(
    token,
    (all, fence: string | undefined, inside: string, stars: string | undefined, escaped) => {
      if (fence !== undefined) return `<code>${escapeHtml(/^ (.*) $/.exec(inside)?.[1] ?? inside)}</code>`;
      if (stars !== undefined) {
        bold = !bold;
        return bold ? '<b>' : '</b>';
      }
      return escapeHtml((escaped as string | undefined) ?? all);
    },
  );
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
