import type { UsageFacts } from '../org/usage/facts';
import { type Reading, unreadable, valued } from '../policy/reading';
import type { Rehearsal } from '../policy/usage-facts';
import { groupTokens } from './assess';

const ANY_CLIENT = 'UseAnyApiClient';

/**
 * What would stop if API Access Control were switched on: uninstalled apps, and Connected Apps whose users
 * approve them themselves; but not for holders of Use Any API Client, and not External Client Apps.
 */
export function rehearse(facts: UsageFacts): Reading<Rehearsal> {
  const { tokens, tokensInAll = 0, apps, holders } = facts;
  if (tokens === undefined) return unreadable('tokens were not read');
  if (apps === undefined) return unreadable('the apps of the org were not read');
  const passing = holders?.find(({ permission }) => permission === ANY_CLIENT)?.users;
  const free = new Set(passing ?? []);
  const all = new Set<string>();
  const stopping = groupTokens(facts).flatMap(({ label, record, tokens: own }) => {
    const goesOn = record !== undefined && (record.platform === 'external-client-app' || record.adminApproved === true);
    if (goesOn) return [];
    const users = new Set(
      own.filter(({ user, userActive }) => userActive !== false && !free.has(user)).map(({ user }) => user),
    );
    for (const user of users) all.add(user);
    const named = record?.apiName === undefined ? {} : { api_name: record.apiName };
    return users.size === 0 ? [] : [{ label, ...named, users: users.size }];
  });
  return valued({
    apps: stopping.sort((a, b) => b.users - a.users || (a.label < b.label ? -1 : 1)),
    users: all.size,
    caveats: [
      ...(passing === undefined ? ['fewer, if users hold Use Any API Client, which was not read'] : []),
      ...(tokens.length < tokensInAll ? ['more, because the list of tokens is incomplete'] : []),
    ],
  });
}
