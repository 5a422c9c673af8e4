import type { OrgState } from '../state';
import { usageOf, withUsage } from './grants';
import type { Grant, IssuedSession } from './state';

/**
 * The state in which everything that was given out is so much older. To tokens it is as if the org’s clock had been moved
 * forward, while the clock of the org and the one of its clients still agree, as assertions need it.
 */
export function aged(state: OrgState, ms: number): OrgState {
  const earlier = (time: string): string => new Date(Date.parse(time) - ms).toISOString();
  const session = (one: IssuedSession): IssuedSession => ({ ...one, expires: earlier(one.expires) });
  const grant = (one: Grant): Grant => ({
    ...one,
    createdDate: earlier(one.createdDate),
    ...(one.lastUsedDate !== undefined && { lastUsedDate: earlier(one.lastUsedDate) }),
    ...(one.sessions && {
      sessions: Object.fromEntries(Object.entries(one.sessions).map(([token, each]) => [token, session(each)])),
    }),
  });
  return withUsage(state, { grants: usageOf(state).grants.map(grant) });
}
