import { createColors } from 'picocolors';

import type { Environment } from '../org/login';
import { PLAIN, type RenderOptions, type Style } from '../reports/style';
import { wrap } from '../values/wrap';
import type { ApplyFlags } from './flags';
import type { Sink } from './io';

/** How text for people is drawn on a stream: colors and wrapping on a terminal only. */
export function renderOptions(sink: Sink, environment: Environment): RenderOptions {
  return {
    style: wantsColor(sink, environment) ? COLORED : PLAIN,
    ...(sink.isTerminal && sink.columns !== undefined && { width: sink.columns }),
  };
}

/** The same for a plan, which is longer where that was asked for. */
export const planOptions = (
  sink: Sink,
  environment: Environment,
  { verbose }: Pick<ApplyFlags, 'verbose'>,
): RenderOptions => ({ ...renderOptions(sink, environment), ...(verbose && { verbose }) });

/** Writes lines of plain text, wrapped as those are that renderers draw. */
export const writeFitted = (sink: Sink, text: string): void =>
  sink.write(fitted(text, sink.isTerminal ? sink.columns : undefined));

/** Plain text whose lines are no longer than that. */
export const fitted = (text: string, width: number | undefined): string =>
  text
    .split('\n')
    .flatMap((line) => wrap(line, width))
    .join('\n');

/** NO_COLOR (no-color.org) before FORCE_COLOR before what the stream is. */
function wantsColor(sink: Sink, environment: Environment): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return sink.isTerminal && environment['TERM'] !== 'dumb';
}

const { red, green, yellow, dim, bold } = createColors(true);
const COLORED: Style = { bad: red, good: green, warn: yellow, dim, bold };
