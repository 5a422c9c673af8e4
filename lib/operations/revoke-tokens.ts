import type { CallOptions, Org, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { NotEvaluated, RevokeOutcome, RevokeRequest, UsageFacts } from '../org/usage/facts';
import { chooseTokens, type Chosen, type NotChosen, recordsNamed, type RevokeQuestion } from '../usage/choose';
import { userMeant } from '../usage/user-meant';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { shortId } from '../values/record-id';
import {
  type AnnouncedRevocation,
  countLeft,
  isCut,
  type Revocation,
  REVOCATION_FORMAT_VERSION,
  type RevocationReceipt,
} from './revocation';

/** What would end, before anything does. */
export interface RevokePlan {
  readonly identity: OrgIdentity;
  readonly chosen: Chosen;
  readonly question: RevokeQuestion;
  /** The list of tokens is cut: there may be more. */
  readonly cut: boolean;
  /** Of a user without a token: one with tokens of whatever app whose name is nearly the same. */
  readonly meantUser?: string;
}

/** The org lists no token of an app that is known: what a revocation is for is so already. */
export interface NoTokens {
  readonly identity: OrgIdentity;
  /** The list of tokens is cut: there may be some all the same. */
  readonly cut: boolean;
}

/**
 * Reads which tokens an order is about.
 * @param revokedBefore Whether tokens of the app were revoked in this org before: one that no one installed has no other
 * trace there. @throws ClientAppsError REFUSED where that cannot be said, as the name may be misspelled.
 */
export async function planRevoke(
  org: Org,
  question: RevokeQuestion,
  { revokedBefore, ...options }: CallOptions & { readonly revokedBefore?: (identity: OrgIdentity) => boolean },
): Promise<RevokePlan | NoTokens> {
  const identity = await org.identify(options);
  const facts = await readTokensOf(org, question.app, options);
  const plan = planTokens(facts, question, identity);
  if (!('candidates' in plan)) return plan;
  const isKnown =
    (!question.unknown && recordsNamed(facts, question.app).length > 0) || revokedBefore?.(identity) === true;
  if (plan.candidates > 0 || !isKnown) throw notChosen(plan, question);
  return { identity, cut: isCut(facts) };
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
  const meantUser = chosen.tokens.length === 0 ? userMeant(facts, question.user) : undefined;
  return { identity, chosen, question, cut: isCut(facts), ...(meantUser !== undefined && { meantUser }) };
}

/** The refusal of an order that is about nothing, or about too much. */
export function notChosen({ candidates, allowed }: NotChosen, { app }: RevokeQuestion): ClientAppsError {
  const place = { path: app, allowed };
  return new ClientAppsError('REFUSED', [
    candidates === 0
      ? diagnose('no-such-tokens', { ...place, meant: nearest(app, allowed.split(', ')) }, { app })
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
  /**
   * Keeps what is about to be done, before the first token ends, and what became of it (D31). What it throws at first
   * keeps the work from beginning.
   */
  readonly keep?: (revocation: Revocation) => void;
  /** ISO time at which this run began, for what is kept. Default: it is not kept. */
  readonly begun?: string;
  readonly onEnded?: (count: number) => void;
}

/** Of a run that came to its end itself. */
export type EndedRevocation = RevocationReceipt & { readonly revoked: number };

/** Ends the tokens of a plan, reads again, and says what is left. @throws OrgError where no token could be tried. */
export async function executeRevocation(
  org: Org,
  orgName: string,
  plan: RevokePlan,
  { keep, begun, ...options }: RevokeRun,
): Promise<EndedRevocation> {
  const { chosen, question } = plan;
  const announced = announcementOf(orgName, plan, begun);
  const ended = (outcome: RevokeOutcome, left?: number): EndedRevocation => ({
    ...announced,
    state: 'ended',
    revoked: outcome.ended,
    ...(left !== undefined && { left }),
    failed: failuresOf(outcome, new Map(chosen.tokens.map(({ userId, user }) => [shortId(userId), user]))),
    ...(outcome.broken !== undefined && { broken: outcome.broken }),
  });
  keep?.(announced);
  const outcome = await org.revoke(requestOf(plan), options).catch((error: unknown) => {
    if (isOrgError(error)) keep?.(ended({ ended: 0, failed: [], broken: error.message }));
    throw error;
  });
  const left = outcome.broken === undefined ? await readLeft(org, question, options) : undefined;
  const receipt = ended(outcome, left);
  keep?.(receipt);
  return receipt;
}

function announcementOf(org: string, plan: RevokePlan, begun: string | undefined): AnnouncedRevocation {
  const { chosen, question, identity } = plan;
  const { label, record, tokens } = chosen;
  return {
    format_version: REVOCATION_FORMAT_VERSION,
    state: 'announced',
    org,
    org_id: identity.orgId,
    app: label,
    ...(record?.apiName !== undefined && { api_name: record.apiName }),
    asked: {
      ...(question.user !== undefined && { user: question.user }),
      ...(question.unusedSince !== undefined && { unused_since: question.unusedSince }),
      ...(question.grantedBefore !== undefined && { granted_before: question.grantedBefore }),
      inactive_users: question.inactiveUsers,
      ...(record === undefined ? { unknown: true } : { platform: record.platform }),
    },
    ...(begun !== undefined && { begun }),
    tokens: tokens.length,
  };
}

function requestOf({ chosen, question }: RevokePlan): RevokeRequest {
  const { label, record, tokens } = chosen;
  return {
    label,
    ...(record?.platform === 'external-client-app' && { externalClientApp: record.id }),
    applicationIds: [...new Set(tokens.map(({ applicationId }) => applicationId))],
    filter: {
      userIds: [...new Set(tokens.map(({ userId }) => userId))],
      ...(question.unusedSince !== undefined && { unusedSince: question.unusedSince }),
      ...(question.grantedBefore !== undefined && { grantedBefore: question.grantedBefore }),
    },
  };
}

const failuresOf = ({ failed }: RevokeOutcome, names: ReadonlyMap<string, string>): RevocationReceipt['failed'] =>
  failed.map(({ userId, why }) => ({ user: names.get(shortId(userId)) ?? userId, why }));

/** Undefined where the tokens can no longer be read: that takes nothing back of what was done. */
async function readLeft(org: Org, question: RevokeQuestion, options: CallOptions): Promise<number | undefined> {
  try {
    return countLeft(await org.usage({}, options), question);
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return undefined;
  }
}
