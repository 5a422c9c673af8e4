import type { OrgContext } from './context';
import type { OrgState } from './state';

/** Whose org it is now, and by which session the deploying user calls it. */
export interface RenewedOrg {
  readonly orgId: string;
  /** Of the deploying user; every other session has ended. */
  readonly accessToken: string;
}

/** Another org takes the place of the running one, and nothing that was under way in the former goes on. */
export function replaceOrg(context: OrgContext, org: OrgState): RenewedOrg {
  context.deploys.forget();
  context.retrieves.forget();
  const { tokens, codes, devices, pendingLogins, browsers, usedAssertions, standIns, cursors } = context;
  for (const known of [tokens, codes, devices, pendingLogins, browsers, usedAssertions, standIns, cursors])
    known.clear();
  context.commit(org);
  return { orgId: org.orgId, accessToken: org.accessToken };
}

/**
 * The running org is again what a new one starts with. Its clock is that of the machine, faults are forgotten, and no API
 * request was used. Where it keeps its id, the session of the deploying user goes on.
 * @throws ClientAppsError for a seed that cannot be used any more: then nothing is changed.
 */
export function resetOrg(context: OrgContext): RenewedOrg {
  const { orgId, accessToken } = context.state();
  const fresh = context.fresh(orgId);
  context.faults.clear();
  context.advance(-context.ahead());
  const renewed = replaceOrg(context, fresh.orgId === orgId ? { ...fresh, accessToken } : fresh);
  context.limit.start(context.apiRequests);
  return renewed;
}
