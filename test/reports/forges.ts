import { convert } from 'cmark-gfm-js';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- it types itself as an ES module, and is both
const { markdownToHTML } = require('comrak') as {
  readonly markdownToHTML: (markdown: string, options: object) => string;
};

/** In the comments of GitHub each new line is one; in its files it is a blank. */
const HARD_BREAKS = 1 << 2;

/** The parsers of the forges themselves: cmark-gfm, which GitHub runs, and comrak, which GitLab runs, with its extensions. */
export const FORGES: Readonly<Record<string, (markdown: string) => string>> = {
  'a comment on GitHub': (markdown) => convert(markdown, HARD_BREAKS),
  'a file on GitHub': (markdown) => convert(markdown),
  GitLab: (markdown) =>
    markdownToHTML(markdown, {
      extension: {
        alerts: true,
        autolink: true,
        descriptionLists: true,
        footnotes: true,
        mathCode: true,
        mathDollars: true,
        multilineBlockQuotes: true,
        shortcodes: true,
        strikethrough: true,
        table: true,
        tasklist: true,
        wikilinksTitleBeforePipe: true,
      },
      parse: { relaxedAutolinks: true },
      render: { gfmQuirks: true, githubPreLang: true, unsafe: true },
    }),
};

/** What each forge leaves of HTML, and more than reports need: the rest it strips, so nothing may depend on it. */
const KEPT = new Set(
  'a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr li ol p pre span strong summary table tbody td th thead tr ul'.split(
    ' ',
  ),
);

/** Elements in their order, without their attributes. */
export const elements = (html: string): readonly string[] =>
  [...html.replace(/<!--[^]*?-->/g, '').matchAll(/<(\/?[a-z][\w-]*)\b[^>]*>/gi)].map(([, name = '']) =>
    name.toLowerCase(),
  );

export const stripped = (html: string): readonly string[] =>
  elements(html).filter((name) => !KEPT.has(name.replace('/', '')));

/**
 * Mentions, references and addresses that a forge would find in the text. It looks at each piece of text between two
 * elements or comments, and not into code.
 */
export function references(html: string): readonly string[] {
  const outside = html.replace(/<(pre|code)\b[^>]*>[^]*?<\/\1>/g, '<x>');
  const pieces = outside.split(/<[^>]*>/).map((piece) => piece.replaceAll('&amp;', '&').replace(/&\w+;/g, ' '));
  return pieces.flatMap((piece) => piece.match(/(?<!\w)(?:@\w+|[#!~%$&]\w+|\w+:\/\/\S+|www\.\S+|GH-\d+)/g) ?? []);
}
