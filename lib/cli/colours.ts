import pc from 'picocolors';

import { PLAIN, type RenderOptions, type Style } from '../plan/render/style';
import type { Io, Output } from './io';

/** How to print to the stream: colours on a terminal or where FORCE_COLOR asks for them, never with NO_COLOR. */
export function renderOptions({ env }: Pick<Io, 'env'>, output: Output): Required<Pick<RenderOptions, 'style'>> & RenderOptions {
  const style = hasColours(env, output.isTerminal) ? colours() : PLAIN;
  return output.isTerminal && output.columns !== undefined && output.columns > 0
    ? { style, width: output.columns }
    : { style };
}

function hasColours(env: Io['env'], isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return !['0', 'false'].includes(forced);
  return isTerminal && env['TERM'] !== 'dumb';
}

function colours(): Style {
  const { red, green, yellow, dim, bold } = pc.createColors(true);
  return { bad: red, good: green, warn: yellow, dim, bold };
}
