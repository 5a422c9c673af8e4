import { wrap } from '../values/wrap';
import { PLAIN, type RenderOptions, type Style } from './style';

export type Tone = keyof Style;

/** One logical line: `mark` is the part before `text` that carries the tone; without a mark the whole line does. */
export interface Line {
  /** Levels of two blanks. */
  readonly depth: number;
  readonly mark?: string;
  readonly text: string;
  readonly tone?: Tone;
}

export const line = (depth: number, text: string, tone?: Tone): Line => ({ depth, text, ...(tone && { tone }) });
export const marked = (depth: number, mark: string, tone: Tone | undefined, text: string): Line => ({
  depth,
  mark,
  text,
  ...(tone && { tone }),
});

export const BLANK: Line = { depth: 0, text: '' };

/** The lines as text, wrapped and styled, ending in a line break. */
export function printLines(lines: readonly Line[], { style = PLAIN, width }: RenderOptions = {}): string {
  return lines.map((each) => `${print(each, style, width)}\n`).join('');
}

function print({ depth, mark, text, tone }: Line, style: Style, width: number | undefined): string {
  const indent = '  '.repeat(depth);
  const wrapped = wrap(`${indent}${mark === undefined ? '' : `${mark} `}${text}`, width);
  if (tone === undefined) return wrapped.join('\n');
  if (mark === undefined) return wrapped.map((part) => style[tone](part)).join('\n');
  const [first = '', ...rest] = wrapped;
  const start = indent.length;
  return [
    `${indent}${style[tone](first.slice(start, start + mark.length))}${first.slice(start + mark.length)}`,
    ...rest,
  ].join('\n');
}
