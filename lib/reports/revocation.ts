import type { EndedRevocation, RevokePlan } from '../operations/revoke-tokens';
import { plural } from '../values/plural';
import { visibleLines } from '../values/visible';

/** Which tokens will end, and whose. */
export function tokensText({ chosen, identity, cut, question }: RevokePlan, org: string): string {
  const { label, record, tokens, others } = chosen;
  const users = new Map<string, number>();
  for (const { user } of tokens) users.set(user, (users.get(user) ?? 0) + 1);
  const names = [...users.keys()].sort();
  const what = record === undefined ? 'an uninstalled app' : `${record.platform} ${record.apiName ?? record.id}`;
  const own = identity.username !== undefined && users.has(identity.username);
  return visibleLines([
    `${label} (${what}) in ${org} (${identity.orgId}):`,
    `  ${plural(tokens.length, 'token')} of ${plural(users.size, 'user')} will end; ${plural(others, 'other token')} of the app ${others === 1 ? 'stays' : 'stay'}.`,
    ...(names.length > 0
      ? [`  Users: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`]
      : []),
    ...(own ? [`  ${identity.username ?? ''}, the user of this connection, is among them.`] : []),
    ...(cut ? ['  The list of tokens is incomplete: the app might have more. Run the command again afterward.'] : []),
    ...(question.inactiveUsers ? ['  Only tokens of users known to be inactive.'] : []),
  ]);
}

/** What became of them. */
export function revocationText({ tokens, revoked, left, failed, broken }: EndedRevocation): string {
  return visibleLines([
    `Revoked ${revoked.toLocaleString('en-US')} of ${plural(tokens, 'token')}.`,
    ...failed.map(({ user, why }) => `  not revoked, of ${user}: ${why}`),
    ...(broken === undefined ? [] : [`Stopped early: ${broken}. Run the command again to continue with the rest.`]),
    left === undefined
      ? 'The remaining tokens were not read.'
      : left === 0
        ? 'The org no longer lists any of them.'
        : `The org still lists ${plural(left, 'token')}. Run the command again.`,
  ]);
}
