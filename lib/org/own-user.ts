import { z } from 'zod';

import { queryTogether, reader } from './composite-query';
import type { Door } from './door';
import { withNamespace } from './facts';
import type { CallOptions, Org } from './org';
import { isOrgError, OrgError } from './org-error';
import type { IpRange, OwnUser } from './own-login';
import { profileMetadataName } from './profile-names';
import { loginIpRangesIn } from './profile-ranges';
import { soqlText } from './soql';

const WHAT = 'read the connected user';

const PermissionSet = z.object({ Name: z.string(), NamespacePrefix: z.string().nullish() });
const User = z.object({ Username: z.string(), Profile: z.object({ Name: z.string() }).nullish() });
const Assignment = z.object({ PermissionSet });
const Session = z.object({ SourceIp: z.string().nullish() });
const UserInfo = z.object({ user_id: z.string().regex(/^005[A-Za-z0-9]{12,15}$/) });

/** What each query tells, and its text. A group gives its users the sets in it; an assignment does not name those. */
const queriesFor = (id: string) => ({
  user: `SELECT Username, Profile.Name FROM User WHERE Id = ${id}`,
  sets:
    'SELECT PermissionSet.Name, PermissionSet.NamespacePrefix FROM PermissionSetAssignment ' +
    `WHERE AssigneeId = ${id} AND PermissionSet.IsOwnedByProfile = false`,
  grouped:
    'SELECT PermissionSet.Name, PermissionSet.NamespacePrefix FROM PermissionSetGroupComponent WHERE ' +
    `PermissionSetGroupId IN (SELECT PermissionSetGroupId FROM PermissionSetAssignment WHERE AssigneeId = ${id})`,
  session: `SELECT SourceIp FROM AuthSession WHERE UsersId = ${id} AND IsCurrent = true`,
  anyClient:
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = ${id} ` +
    'AND PermissionSet.PermissionsUseAnyApiClient = true',
});

/**
 * Who the connected user is to the apps of the org: profile, permission sets, and the address that this session came
 * from, as the org knows it. The interfaces of this machine would tell another one. What the org refuses is undefined,
 * with the reason in `unread`.
 */
export async function readOwnUser(
  door: Door,
  apiVersion: number,
  retrieve: Org['retrieve'],
  options: CallOptions = {},
): Promise<OwnUser> {
  const asking = { what: WHAT, apiVersion, signal: options.signal };
  const id = soqlText(door.userId ?? (await askUserId(door, asking)));
  const answers = await queryTogether(door, queriesFor(id), asking);
  const unread: string[] = [];
  const rows = reader(unread);
  const user = rows('the connected user', User, answers.user)?.[0];
  const profile = user?.Profile?.Name;
  const direct = rows('the permission sets of the connected user', Assignment, answers.sets);
  const grouped = rows('the permission set groups of the connected user', Assignment, answers.grouped) ?? [];
  const sourceIp = rows('the address of this session', Session, answers.session)?.[0]?.SourceIp;
  // Only an org that has API Access Control knows the permission.
  const anyClient = 'rows' in answers.anyClient ? answers.anyClient.rows.length > 0 : undefined;
  const ranges =
    profile === undefined ? undefined : await loginIpRanges(profile, apiVersion, retrieve, options, unread);
  return {
    ...(user && { username: user.Username }),
    ...(profile !== undefined && { profileNames: [profile, profileMetadataName(profile)] }),
    ...(direct && {
      permissionSets: [...direct, ...grouped].map(({ PermissionSet: set }) =>
        withNamespace(set.NamespacePrefix, set.Name),
      ),
    }),
    ...(typeof sourceIp === 'string' && isAddress(sourceIp) && { sourceIp }),
    ...(ranges && { loginIpRanges: ranges }),
    ...(anyClient !== undefined && { usesAnyApiClient: anyClient }),
    unread,
  };
}

/** For logins from inside Salesforce the org has words in the place of an address. */
const isAddress = (text: string): boolean => /^[0-9a-fA-F.:]+$/.test(text);

/** Of a token whose answer did not name the user, as a bare one. */
async function askUserId(door: Door, asking: { what: string; apiVersion: number; signal: AbortSignal | undefined }) {
  const answer: unknown = await door.call({ ...asking, mode: 'read', protocol: 'rest' }, (api) =>
    api.connection.requestGet('/services/oauth2/userinfo'),
  );
  const info = UserInfo.safeParse(answer);
  if (info.success) return info.data.user_id;
  throw new OrgError('answer', `Could not ${WHAT}: the answer names no user`, 'try again later');
}

/** Login IP ranges belong to profiles, and only metadata tells them; undefined where it does not. */
async function loginIpRanges(
  profile: string,
  apiVersion: number,
  retrieve: Org['retrieve'],
  options: CallOptions,
  unread: string[],
): Promise<readonly IpRange[] | undefined> {
  const fact = `the login IP ranges of the profile ${profile}`;
  try {
    const { files, problems } = await retrieve(
      { apiVersion, types: new Map([['Profile', [profileMetadataName(profile)]]]) },
      options,
    );
    const found = loginIpRangesIn(files, profile);
    if (found === undefined) unread.push(`${fact}: ${problems[0]?.problem ?? 'the org did not return it'}`);
    return found;
  } catch (error) {
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
    unread.push(`${fact}: ${error.message}`);
    return undefined;
  }
}
