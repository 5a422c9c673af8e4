import type { ClientImpact, Direction } from './field';

/** What a client feels, as a sentence without its end: `breaks clients that send no secret`. */
export function impactSentence({ level, who }: ClientImpact): string {
  if (level === 'breaks') return `breaks ${who}`;
  return level === 'unknown' ? `may break ${who}` : `${who} must authorize again`;
}

const WORDS: Readonly<Record<Exclude<Direction, readonly string[]>, string>> = {
  neutral: 'a change neither widens nor narrows access',
  'true-widens': 'true widens access, false narrows it',
  'true-narrows': 'true narrows access, false widens it',
  'growing-widens': 'more of it widens access, less narrows it',
  allowlist: 'more of it widens access, less narrows it, and none at all lets everyone through',
  preauthorized: 'more of it widens access, less narrows it; without effect while everyone may enter',
  'change-widens': 'any change hands access to someone else',
  'refresh-token-lifetime':
    'a longer life of refresh tokens widens access, a shorter one narrows it; both the life of a token in use and that of an idle one count',
  'session-timeout':
    'a longer timeout widens access, a shorter one narrows it; without one the timeout of the profile or of the org applies',
  'jwt-lifetime':
    'a longer life of access tokens widens access, a shorter one narrows it; UserSession means the timeout of the user session',
  'session-level-action':
    'Block is tighter than raising the session; without effect where no session level is required',
  'apex-gate': 'the class decides who gets in: removing it widens access, what another class does is not known',
  logout: 'without it, the session of the client outlives a logout: removing it widens access',
  undocumented: 'not known: Salesforce does not document what this setting enforces',
};

/** What raising, setting or extending a field does to security, in one sentence without its end. */
export const directionSentence = (direction: Direction): string =>
  typeof direction === 'string' ? WORDS[direction] : `from loosest to tightest: ${direction.join(', ')}`;
