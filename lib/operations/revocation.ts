import type { OrgAppFacts, UsageFacts } from '../org/usage/facts';
import { chooseTokens, type RevokeQuestion } from '../usage/choose';

/** Version of the shape of revocation receipts. */
export const REVOCATION_FORMAT_VERSION = '1.1';

/** What a revocation is about. Counts and usernames; no token, and nothing that could stand for one. */
interface RevocationFacts {
  readonly format_version: string;
  readonly org: string;
  readonly org_id: string;
  /** The label. */
  readonly app: string;
  readonly api_name?: string;
  readonly asked: {
    readonly user?: string;
    readonly unused_since?: string;
    readonly granted_before?: string;
    readonly inactive_users: boolean;
    /** An app without a record in the org. */
    readonly unknown?: true;
    /** The sort of its record, where it has one. */
    readonly platform?: OrgAppFacts['platform'];
  };
  /** ISO time at which the run began; absent where its caller gave none. */
  readonly begun?: string;
  /** How many were to end. */
  readonly tokens: number;
}

/** A revocation whose first token is about to end: how many did, the org alone knows. */
export interface AnnouncedRevocation extends RevocationFacts {
  readonly state: 'announced';
}

/** What a revocation did. */
export interface RevocationReceipt extends RevocationFacts {
  /** Receipts of version 1.0 have none. */
  readonly state?: 'ended';
  /** Absent where the process that revoked did not come to its end, and a later one saw how the org stands. */
  readonly revoked?: number;
  /** Still listed afterward; undefined where that could not be read. */
  readonly left?: number;
  readonly failed: readonly { readonly user: string; readonly why: string }[];
  /** Why it broke off. */
  readonly broken?: string;
}

export type Revocation = AnnouncedRevocation | RevocationReceipt;

/** True where tokens may be left that were to end, and no one has looked since. */
export const isUnfinished = (revocation: Revocation): boolean =>
  revocation.state === 'announced' || (revocation.broken !== undefined && revocation.left === undefined);

/** The order that a revocation was to carry out, to be asked again. */
function questionOf({ app, api_name: name, asked }: Revocation): RevokeQuestion {
  return {
    app: name ?? app,
    inactiveUsers: asked.inactive_users,
    unknown: asked.unknown === true,
    ...(asked.platform && { platform: asked.platform }),
    ...(asked.user !== undefined && { user: asked.user }),
    ...(asked.unused_since !== undefined && { unusedSince: asked.unused_since }),
    ...(asked.granted_before !== undefined && { grantedBefore: asked.granted_before }),
  };
}

/** How many tokens it would end now; undefined where that could not be read. Tokens given out since count as well. */
export function countLeft(facts: UsageFacts, question: RevokeQuestion): number | undefined {
  if (facts.tokens === undefined || facts.apps === undefined) return undefined;
  const chosen = chooseTokens(facts, question);
  if ('candidates' in chosen) return chosen.candidates === 0 ? 0 : undefined;
  return chosen.tokens.length;
}

/** The org says that it has more tokens than it lists. */
export const isCut = ({ tokens = [], tokensInAll = 0 }: UsageFacts): boolean => tokens.length < tokensInAll;

/** The same of one that was not finished; undefined also where the list is cut, and what it shows has none of them. */
export function leftNow(facts: UsageFacts, revocation: Revocation): number | undefined {
  const left = countLeft(facts, questionOf(revocation));
  return left === 0 && isCut(facts) ? undefined : left;
}

/** One that was not finished, once a reading has shown that nothing is left for it to do. */
export const overNow = (revocation: Revocation): RevocationReceipt => ({
  ...{ failed: [], ...revocation },
  state: 'ended',
  left: 0,
});
