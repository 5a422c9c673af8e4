import type { CallOptions, Org, OrgIdentity } from '../org/org';
import type { NotEvaluated, RevokeOutcome, UsageFacts } from '../org/usage/facts';
import { type Chosen, chooseTokens, type NotChosen, type RevokeQuestion } from '../usage/choose';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { shortId } from '../values/record-id';

/** Version of the shape of revocation receipts. */
const REVOCATION_FORMAT_VERSION = '1.0';

/** What would end, before anything does. */
export interface RevokePlan {
  readonly identity: OrgIdentity;
  readonly chosen: Chosen;
  readonly question: RevokeQuestion;
  /** The list of tokens is cut: there may be more. */
  readonly cut: boolean;
}

/** What a revocation did. Counts and usernames; no token, and nothing that could stand for one. */
export interface RevocationReceipt {
  readonly format_version: string;
  readonly org: string;
  readonly org_id: string;
  readonly app: string;
  readonly api_name?: string;
  readonly asked: {
    readonly user?: string;
    readonly unused_since?: string;
    readonly granted_before?: string;
    readonly inactive_users: boolean;
  };
  readonly tokens: number;
  readonly revoked: number;
  /** Still listed afterwards; undefined where that could not be read. */
  readonly left?: number;
  readonly failed: readonly { readonly user: string; readonly why: string }[];
  /** Why it broke off. */
  readonly broken?: string;
}

/** Reads which tokens an order is about. @throws ClientAppsError REFUSED where that cannot be said. */
export async function planRevoke(org: Org, question: RevokeQuestion, options: CallOptions): Promise<RevokePlan> {
  const identity = await org.identify(options);
  const plan = planTokens(await readTokensOf(org, question.app, options), question, identity);
  if ('candidates' in plan) throw notChosen(plan, question);
  return plan;
}

/** A reading that shows every token, as far as the list is not cut. @throws ClientAppsError REFUSED where it does not. */
export async function readTokensOf(org: Org, app: string, options: CallOptions): Promise<UsageFacts> {
  const facts = await org.usage({}, options);
  requireSeen(facts, app);
  return facts;
}

/** Which tokens an order is about, or why it is about none. */
export function planTokens(facts: UsageFacts, question: RevokeQuestion, identity: OrgIdentity): RevokePlan | NotChosen {
  const chosen = chooseTokens(facts, question);
  if ('candidates' in chosen) return chosen;
  return { identity, chosen, question, cut: isCut(facts) };
}

/** The org says that it has more tokens than it lists. */
export const isCut = ({ tokens = [], tokensInAll = 0 }: UsageFacts): boolean => tokens.length < tokensInAll;

/** The refusal of an order that is about nothing, or about too much. */
export function notChosen({ candidates, allowed }: NotChosen, { app }: RevokeQuestion): ClientAppsError {
  const place = { path: app, allowed };
  return new ClientAppsError('REFUSED', [
    candidates === 0
      ? diagnose('no-such-tokens', place, { app })
      : diagnose('several-such-apps', place, { app, count: candidates }),
  ]);
}

/** Tokens that were not seen are no reason to call a revocation done. */
function requireSeen({ tokens, apps, notEvaluated }: UsageFacts, app: string): void {
  if (tokens !== undefined && apps !== undefined) return;
  throw new ClientAppsError(
    'REFUSED',
    notEvaluated.filter(({ what }) => /tokens|apps/i.test(what)).map((gap) => notSeen(app, gap)),
  );
}

/** What could not be seen, as an error: a revocation that leaves it out would seem to be complete. */
export function notSeen(path: string, { what, why, permission }: NotEvaluated): Diagnostic {
  const allowed = permission === undefined ? {} : { allowed: `a user with the permission ${permission}` };
  return diagnose('tokens-not-evaluated', { path, ...allowed }, { what, why });
}

export interface RevokeRun extends CallOptions {
  readonly onEnded?: (count: number) => void;
}

/** Ends the tokens of a plan, reads again, and says what is left. */
export async function executeRevocation(
  org: Org,
  orgName: string,
  plan: RevokePlan,
  options: RevokeRun,
): Promise<RevocationReceipt> {
  const { chosen, question, identity } = plan;
  const { label, record, tokens } = chosen;
  const userIds = [...new Set(tokens.map(({ userId }) => userId))];
  const outcome = await org.revoke(
    {
      label,
      ...(record?.platform === 'external-client-app' && { externalClientApp: record.id }),
      applicationIds: [...new Set(tokens.map(({ applicationId }) => applicationId))],
      filter: {
        userIds,
        ...(question.unusedSince !== undefined && { unusedSince: question.unusedSince }),
        ...(question.grantedBefore !== undefined && { grantedBefore: question.grantedBefore }),
      },
    },
    options,
  );
  const left = outcome.broken === undefined ? await countLeft(org, question, options) : undefined;
  const names = new Map(tokens.map(({ userId, user }) => [shortId(userId), user]));
  return {
    format_version: REVOCATION_FORMAT_VERSION,
    org: orgName,
    org_id: identity.orgId,
    app: label,
    ...(record?.apiName !== undefined && { api_name: record.apiName }),
    asked: {
      ...(question.user !== undefined && { user: question.user }),
      ...(question.unusedSince !== undefined && { unused_since: question.unusedSince }),
      ...(question.grantedBefore !== undefined && { granted_before: question.grantedBefore }),
      inactive_users: question.inactiveUsers,
    },
    tokens: tokens.length,
    revoked: outcome.ended,
    ...(left !== undefined && { left }),
    failed: failuresOf(outcome, names),
    ...(outcome.broken !== undefined && { broken: outcome.broken }),
  };
}

const failuresOf = ({ failed }: RevokeOutcome, names: ReadonlyMap<string, string>): RevocationReceipt['failed'] =>
  failed.map(({ userId, why }) => ({ user: names.get(shortId(userId)) ?? userId, why }));

/** Undefined where the tokens can no longer be read. */
async function countLeft(org: Org, question: RevokeQuestion, options: CallOptions): Promise<number | undefined> {
  const facts = await org.usage({}, options);
  if (facts.tokens === undefined || facts.apps === undefined) return undefined;
  const chosen = chooseTokens(facts, question);
  return 'candidates' in chosen ? 0 : chosen.tokens.length;
}
