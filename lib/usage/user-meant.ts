import type { UsageFacts } from '../org/usage/facts';
import { similarUsername } from '../values/similar-username';

/** Of a user who has no token: one with tokens who was perhaps meant. */
export function userMeant({ tokens = [] }: Pick<UsageFacts, 'tokens'>, asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const users = [...new Set(tokens.map(({ user }) => user))];
  const has = users.some((user) => user.toLowerCase() === asked.toLowerCase());
  return has ? undefined : similarUsername(asked, users);
}
