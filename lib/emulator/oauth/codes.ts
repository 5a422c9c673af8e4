import type { OrgContext } from '../context';
import { randomText } from '../ids';
import type { AuthorizationCode } from './authorization-code';

const LIFETIME_MS = 15 * 60_000;

/** Gives out a code. */
export function giveCode(context: OrgContext, code: Omit<AuthorizationCode, 'expires'>): string {
  const expires = new Date(Date.parse(context.now()) + LIFETIME_MS).toISOString();
  const text = `aPrxEMULATOR${randomText(60)}`;
  context.codes.set(text, { ...code, expires });
  return text;
}

/** The code’s meaning, once: whoever brings it uses it up, with what he brings along right or wrong. */
export function takeCode(context: OrgContext, text: string): AuthorizationCode | undefined {
  const found = context.codes.get(text);
  context.codes.delete(text);
  return found !== undefined && found.expires > context.now() ? found : undefined;
}
