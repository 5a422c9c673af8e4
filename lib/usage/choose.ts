import type { OrgAppFacts, TokenFacts, UsageFacts } from '../org/usage/facts';
import { isGrantedBefore, isUnusedSince } from '../values/token-use';
import { groupTokens } from './assess';

/** What is to be revoked. */
export interface RevokeQuestion {
  /** Label or API name. */
  readonly app: string;
  /** Only an app that has a record of this sort in the org. */
  readonly platform?: OrgAppFacts['platform'];
  readonly user?: string;
  /** ISO time. */
  readonly unusedSince?: string;
  /** ISO time. */
  readonly grantedBefore?: string;
  readonly inactiveUsers: boolean;
  /** The uninstalled app, where one of the org has the same label. */
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
export interface NotChosen {
  /** How many apps have the name. */
  readonly candidates: number;
  readonly allowed: string;
}

/** Records of the org that go by a name, with tokens or without. */
export const recordsNamed = ({ apps = [] }: UsageFacts, app: string): readonly OrgAppFacts[] =>
  apps.filter(({ apiName, label }) => apiName === app || label === app);

/** The tokens of one app, and of no other that has its name. */
export function chooseTokens(facts: UsageFacts, question: RevokeQuestion): Chosen | NotChosen {
  const groups = groupTokens(facts);
  const named = groups.filter(({ label, record }) => record?.apiName === question.app || label === question.app);
  const found = named.filter(({ record }) => {
    if (question.platform !== undefined) return record?.platform === question.platform;
    return !question.unknown || record === undefined;
  });
  const [group, ...more] = found;
  if (group === undefined) {
    return { candidates: 0, allowed: [...new Set(groups.map(({ label }) => label))].sort().join(', ') };
  }
  if (more.length > 0) {
    const names = found.map(({ record }) => record?.apiName ?? 'the uninstalled one: --unknown');
    return { candidates: found.length, allowed: names.join(', ') };
  }
  const tokens = group.tokens.filter((token) => isWanted(token, question));
  return {
    label: group.label,
    ...(group.record && { record: group.record }),
    tokens,
    others: group.tokens.length - tokens.length,
  };
}

function isWanted(token: TokenFacts, { user, unusedSince, grantedBefore, inactiveUsers }: RevokeQuestion): boolean {
  if (user !== undefined && token.user.toLowerCase() !== user.toLowerCase()) return false;
  // Whoever may still be active keeps the token.
  if (inactiveUsers && token.userActive !== false) return false;
  if (grantedBefore !== undefined && !isGrantedBefore(token, grantedBefore)) return false;
  return unusedSince === undefined || isUnusedSince(token, unusedSince);
}
