import type { CallOptions, Org } from '../org/org';
import type { CheckFacts } from '../policy/control';

/** What controls judge beside metadata, and what of it could not be read. */
export interface CheckFactsReading {
  readonly facts: CheckFacts;
  readonly unread: readonly string[];
}

/**
 * Reads the facts that controls ask for: the users that client credentials flows run as, and the org-wide session timeout.
 * Whatever the org refuses to tell is simply not there, so that controls say "not evaluated".
 * @param usernames Of the run-as users; any case, repeated or not.
 * @throws OrgError where the org cannot be reached or its answer makes no sense.
 */
export async function readCheckFacts(
  org: Org,
  usernames: readonly string[],
  options: CallOptions = {},
): Promise<CheckFactsReading> {
  const { users, orgSessionTimeoutMinutes, unread } = await org.runAsUsers(usernames, options);
  return {
    facts: { runAsUsers: users, ...(orgSessionTimeoutMinutes !== undefined && { orgSessionTimeoutMinutes }) },
    unread,
  };
}
