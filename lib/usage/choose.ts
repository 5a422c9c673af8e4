import type { OrgAppFacts, TokenFacts, UsageFacts } from '../org/usage/facts';
import { groupTokens } from './assess';

/** What is to be revoked. */
export interface RevokeQuestion {
  /** Label or API name. */
  readonly app: string;
  readonly user?: string;
  /** ISO time. */
  readonly unusedSince?: string;
  readonly inactiveUsers: boolean;
  /** The app that nobody installed, where one of the org has the same label. */
  readonly unknown: boolean;
}

/** The tokens that an order is about. */
export interface Chosen {
  readonly label: string;
  readonly record?: OrgAppFacts;
  readonly tokens: readonly TokenFacts[];
  /** Tokens of the app that stay. */
  readonly others: number;
}

/** Why an order is about nothing, or about too much. */
export type NotChosen = { readonly problem: string; readonly allowed: string; readonly remedy: string };

/** The tokens of one app, and of no other that has its name. */
export function chooseTokens(facts: UsageFacts, question: RevokeQuestion): Chosen | NotChosen {
  const groups = groupTokens(facts);
  const named = groups.filter(({ label, record }) => record?.apiName === question.app || label === question.app);
  const found = question.unknown ? named.filter(({ record }) => record === undefined) : named;
  const [group, ...more] = found;
  if (group === undefined) {
    return {
      problem: `no token of an app named ${question.app} is listed${question.unknown ? ' that nobody installed' : ''}`,
      allowed: [...new Set(groups.map(({ label }) => label))].sort().join(', '),
      remedy: 'correct the name; client-apps usage lists them',
    };
  }
  if (more.length > 0) {
    return {
      problem: `${found.length} apps are called ${question.app}`,
      allowed: found.map(({ record }) => record?.apiName ?? 'the one that nobody installed: --unknown').join(', '),
      remedy: 'say which: by API name, or with --unknown',
    };
  }
  const tokens = group.tokens.filter((token) => isWanted(token, question));
  return {
    label: group.label,
    ...(group.record && { record: group.record }),
    tokens,
    others: group.tokens.length - tokens.length,
  };
}

function isWanted(token: TokenFacts, { user, unusedSince, inactiveUsers }: RevokeQuestion): boolean {
  if (user !== undefined && token.user.toLowerCase() !== user.toLowerCase()) return false;
  // Whoever may still be active keeps the token.
  if (inactiveUsers && token.userActive !== false) return false;
  const used = token.lastUsed ?? token.created;
  return unusedSince === undefined || (used !== undefined && Date.parse(used) < Date.parse(unusedSince));
}
