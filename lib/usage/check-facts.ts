import type { TokenFacts, UsageFacts } from '../org/usage/facts';
import type { AppPosture } from '../policy/posture';
import { type Reading, unreadable, valued } from '../policy/reading';
import {
  type AppTokenFacts,
  DORMANT_DAYS,
  type Rehearsal,
  type UnknownAppFacts,
  type UsageCheckFacts,
} from '../policy/usage-facts';
import { daysBefore } from '../values/iso-date';
import { isGrantedBefore, isUnusedSince } from '../values/token-use';
import { groupTokens } from './assess';
import { gapsOf, gapWords, usageOf } from './of-app';
import { overview } from './overview';
import { type AppUsage, isComplete, overdue, unknownApps, type UsageReport } from './report';

/** A user who may hold a permission that opens the door. */
export interface AllowedHolder {
  readonly username: string;
  /** The words of Setup; absent: all of them. */
  readonly permissions?: readonly string[] | undefined;
}

/** A report, and what it was made from. */
interface Judged {
  readonly report: UsageReport;
  readonly facts: UsageFacts;
  readonly rehearsal: Reading<Rehearsal>;
}

/** What controls judge of a reading. @param postures Every app of the org, for the users that they run as. */
export function usageCheckFacts(
  { report, facts, rehearsal }: Judged,
  { postures, allowed }: { readonly postures: readonly AppPosture[]; readonly allowed: readonly AllowedHolder[] },
): UsageCheckFacts {
  const since = daysBefore(report.today, DORMANT_DAYS);
  const groups = groupTokens(facts);
  return {
    tokensOf: (app): Reading<AppTokenFacts> => {
      const name = { apiName: app.apiName, platform: app.platform, label: app.label ?? app.apiName };
      const { tokens: gap } = gapsOf(name, report);
      if (gap !== undefined) return unreadable(gap);
      const group = groups.find(
        ({ record }) => record !== undefined && record.platform === app.platform && record.apiName === app.apiName,
      );
      const grants = app.policiesChanged === undefined ? {} : grantsOf(group?.tokens ?? [], app.policiesChanged);
      return valued({ ...tokenFacts(group?.tokens ?? [], since, report, usageOf(name, report)), ...grants });
    },
    unknownApps: unknownApps(report).map(unknownFacts),
    overdue: overdue(report).map(({ label }) => label),
    ...(!isComplete(report) && { unseen: overview(report).slice(1).join(' ').replace(/\.$/, '') }),
    rehearsal,
    doorHolders: doorHolders(facts, allowed),
    runAsApps: runAsApps(postures),
    interactive: facts.interactive
      ? valued(new Map([...facts.interactive].map(([user, last]) => [user.toLowerCase(), last])))
      : unreadable(gapOf(facts, 'login history') ?? 'logins of run-as users were not read'),
  };
}

const unknownFacts = ({ label, tokens, look_alike: like, reach }: AppUsage): UnknownAppFacts => ({
  label,
  ...(tokens && { tokens: { count: tokens.count, users: tokens.users_active + tokens.users_inactive } }),
  ...(like && { lookAlikeOf: like.of }),
  reach,
});

function tokenFacts(
  tokens: readonly TokenFacts[],
  since: string,
  { tokens: list }: UsageReport,
  usage: AppUsage | undefined,
): AppTokenFacts {
  const dated = tokens.filter(({ created, lastUsed }) => created !== undefined || lastUsed !== undefined);
  const inactive = tokens.filter(({ userActive }) => userActive === false);
  const { last_used: lastUsed } = usage?.tokens ?? {};
  const { last: lastLogin, count: logins = 0 } = usage?.logins ?? {};
  return {
    count: tokens.length,
    users: new Set(tokens.map(({ user }) => user)).size,
    inactiveUsers: [...new Set(inactive.map(({ user }) => user))].sort(),
    unknownUsers: tokens.filter(({ userActive }) => userActive === undefined).length,
    unused: dated.filter((token) => isUnusedSince(token, since)).length,
    undated: tokens.length - dated.length,
    ...(lastUsed !== undefined && { lastUsed }),
    // Logins that failed are no use.
    ...(lastLogin !== undefined && logins > 0 && Date.parse(lastLogin) >= Date.parse(since) && { lastLogin }),
    ...(list?.cut === true && { atLeast: true as const }),
  };
}

function grantsOf(tokens: readonly TokenFacts[], policiesChanged: string): Pick<AppTokenFacts, 'grants'> {
  const older = tokens.filter((token) => isGrantedBefore(token, policiesChanged));
  return {
    grants: {
      policiesChanged,
      older: older.length,
      olderUsers: [...new Set(older.map(({ user }) => user))].sort(),
      undated: tokens.filter(({ created }) => created === undefined).length,
    },
  };
}

const gapOf = ({ notEvaluated }: UsageFacts, what: string): string | undefined => {
  const gap = notEvaluated.find((each) => each.what === what);
  return gap && gapWords(gap);
};

const HOLDERS = 'holders of ';

/** By permission: who holds it and is not in the allow-list, or why that was not read. */
function doorHolders(
  { holders = [], notEvaluated }: UsageFacts,
  allowed: readonly AllowedHolder[],
): ReadonlyMap<string, Reading<readonly string[]>> {
  const may = (label: string, user: string): boolean =>
    allowed.some(
      ({ username, permissions }) =>
        username.toLowerCase() === user.toLowerCase() && (permissions === undefined || permissions.includes(label)),
    );
  return new Map([
    ...holders.map(({ label, users }) => [label, valued(users.filter((user) => !may(label, user)))] as const),
    ...notEvaluated
      .filter(({ what }) => what.startsWith(HOLDERS))
      .map(({ what, why }) => [what.slice(HOLDERS.length), unreadable(why)] as const),
  ]);
}

/** Apps whose client credentials flow is on, by the user that they run as. */
function runAsApps(postures: readonly AppPosture[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { apiName, fields } of postures) {
    const { runAsUser: user, clientCredentialsPolicy: on } = fields;
    if (user.state !== 'value' || on.state !== 'value' || !on.value) continue;
    const key = user.value.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), apiName]);
  }
  return found;
}
