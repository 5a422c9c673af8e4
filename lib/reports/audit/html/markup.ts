import { escapeHtml } from '../../escape-html';

/** Text that is HTML already. Only {@link markup} makes it, so nothing reaches a page unescaped. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | undefined | readonly (Markup | undefined)[];

/** A template in which every value is escaped, except what is markup itself; undefined is nothing. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const html = texts.reduce((all, text, index) => `${all}${index === 0 ? '' : printed(parts[index - 1])}${text}`, '');
  return { html };
}

/** Our own constant text, such as a style sheet, taken as it is. Never for anything that was read. */
export const trusted = (html: string): Markup => ({ html });

function printed(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map((each) => each?.html ?? '').join('');
}
