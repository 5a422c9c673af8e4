import { z } from 'zod';

import type { Files } from '../metadata/package/zip';
import { sessionTimeoutMinutes } from '../metadata/session-timeout';
import { addressesIn, FEW_IPV4, FEW_IPV6 } from '../values/ip-range';
import { queryTogether, reader } from './composite-query';
import type { Door } from './door';
import type { CallOptions, RetrieveAnswer, RetrieveRequest, RunAsFacts, RunAsUser } from './org';
import { isOrgError } from './org-error';
import { profileMetadataName } from './profile-names';
import { loginIpRangesIn } from './profile-ranges';
import { inQueries, soqlList } from './soql';

/** Any of these makes an administrator of whoever holds it. */
const ADMINISTERING = [
  'PermissionsModifyAllData',
  'PermissionsCustomizeApplication',
  'PermissionsManageUsers',
  'PermissionsAuthorApex',
  'PermissionsManageProfilesPermissionsets',
] as const;
const WHAT = 'read the run-as users';
const RECORD_RIGHTS = 'rights of run-as users to all records of an object';

/** Every profile has a permission set behind it that its users hold, so this one object tells all of it. */
const assignmentsQuery = (usernames: readonly string[]): string =>
  'SELECT Assignee.Username, PermissionSetId, PermissionSet.IsOwnedByProfile, PermissionSet.PermissionsApiUserOnly, ' +
  `PermissionSet.PermissionsViewAllData, ${ADMINISTERING.map((name) => `PermissionSet.${name}`).join(', ')} ` +
  `FROM PermissionSetAssignment WHERE Assignee.Username IN ${soqlList(usernames)}`;

const usersQuery = (usernames: readonly string[]): string =>
  `SELECT Username, Profile.Name FROM User WHERE Username IN ${soqlList(usernames)}`;

/** Modify All Records includes View All Records. Asked for together with the permission sets themselves. */
const objectsQuery = (usernames: readonly string[]): string =>
  'SELECT ParentId, SobjectType, PermissionsModifyAllRecords FROM ObjectPermissions WHERE PermissionsViewAllRecords = true ' +
  `AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username IN ${soqlList(usernames)})`;

const Assignment = z.object({
  Assignee: z.object({ Username: z.string() }),
  PermissionSetId: z.string(),
  PermissionSet: z.object({
    IsOwnedByProfile: z.boolean(),
    PermissionsApiUserOnly: z.boolean(),
    PermissionsModifyAllData: z.boolean(),
    PermissionsCustomizeApplication: z.boolean(),
    PermissionsManageUsers: z.boolean(),
    PermissionsAuthorApex: z.boolean(),
    PermissionsManageProfilesPermissionsets: z.boolean(),
    PermissionsViewAllData: z.boolean(),
  }),
});
const ObjectRights = z.object({
  ParentId: z.string(),
  SobjectType: z.string(),
  PermissionsModifyAllRecords: z.boolean(),
});
const User = z.object({ Username: z.string(), Profile: z.object({ Name: z.string() }).nullish() });

type Retrieve = (request: RetrieveRequest, options?: CallOptions) => Promise<RetrieveAnswer>;

/**
 * Reads what makes a run-as user of the client credentials flow dangerous or harmless, and the org-wide session timeout.
 * Login IP ranges belong to profiles (permission sets have none), and only metadata tells them. What the org refuses is
 * undefined, with the reason in `unread`; it is never taken for "no".
 */
export async function readRunAsUsers(
  door: Door,
  usernames: readonly string[],
  apiVersion: number,
  retrieve: Retrieve,
  options: CallOptions = {},
): Promise<RunAsFacts> {
  const unread: string[] = [];
  const rows = reader(unread);
  const users = new Map<string, { profile?: string; access?: Access }>();
  const found = new Map<string, readonly string[]>();
  let objects: Objects = found;
  for (const names of inQueries(usernames)) {
    const queries = { users: usersQuery(names), assignments: assignmentsQuery(names), objects: objectsQuery(names) };
    const answers = await queryTogether(door, queries, { what: WHAT, apiVersion, signal: options.signal });
    for (const { Username, Profile } of rows('run-as users', User, answers.users) ?? []) {
      users.set(Username.toLowerCase(), Profile ? { profile: Profile.Name } : {});
    }
    for (const row of rows('what run-as users may do', Assignment, answers.assignments) ?? []) {
      const name = row.Assignee.Username.toLowerCase();
      const known = users.get(name) ?? {};
      users.set(name, { ...known, access: joined(known.access, row) });
    }
    for (const row of rows(RECORD_RIGHTS, ObjectRights, answers.objects) ?? []) {
      const right = `${row.PermissionsModifyAllRecords ? 'Modify' : 'View'} All Records of ${row.SobjectType}`;
      found.set(row.ParentId, [...(found.get(row.ParentId) ?? []), right]);
    }
    if ('refused' in answers.objects) objects = undefined;
  }
  const profiles = [...new Set([...users.values()].flatMap(({ profile }) => (profile === undefined ? [] : [profile])))];
  const files = await metadata(profiles, apiVersion, retrieve, options, unread);
  const timeout = sessionTimeoutMinutes(files.get('settings/Security.settings') ?? '');
  return {
    users: new Map(
      [...users].map(([name, { profile, access }]) => [name, userOf({ profile, access, objects }, files)]),
    ),
    ...(timeout !== undefined && { orgSessionTimeoutMinutes: timeout }),
    unread,
  };
}

interface Access {
  /** The permissions of the profile are among those seen; without them a "no" means nothing. */
  readonly complete: boolean;
  readonly apiOnly: boolean;
  readonly administrator: boolean;
  readonly viewsAllData: boolean;
  readonly permissionSets: readonly string[];
}

function joined(before: Access | undefined, row: z.infer<typeof Assignment>): Access {
  const { PermissionSet: set, PermissionSetId: id } = row;
  return {
    complete: set.IsOwnedByProfile || before?.complete === true,
    apiOnly: set.PermissionsApiUserOnly || before?.apiOnly === true,
    administrator: ADMINISTERING.some((name) => set[name]) || before?.administrator === true,
    viewsAllData: set.PermissionsViewAllData || before?.viewsAllData === true,
    permissionSets: [...(before?.permissionSets ?? []), id],
  };
}

/** Rights to all records of an object, by permission set; undefined where the org refuses to tell them. */
type Objects = ReadonlyMap<string, readonly string[]> | undefined;

/** Profiles and the session settings in one retrieve; an org that refuses it leaves them unknown, and nothing else. */
async function metadata(
  profiles: readonly string[],
  apiVersion: number,
  retrieve: Retrieve,
  options: CallOptions,
  unread: string[],
): Promise<Files> {
  const members = profiles.map(profileMetadataName);
  const types = new Map([['Settings', ['Security']], ...(members.length > 0 ? [['Profile', members] as const] : [])]);
  try {
    const { files, problems } = await retrieve({ apiVersion, types }, options);
    unread.push(...problems.map(({ problem }) => `profiles and session settings: ${problem}`));
    return files;
  } catch (error) {
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
    unread.push(`profiles and session settings: ${error.message}`);
    return new Map();
  }
}

interface Seen {
  readonly profile: string | undefined;
  readonly access: Access | undefined;
  readonly objects: Objects;
}

function userOf({ profile, access, objects }: Seen, files: Files): RunAsUser {
  const ranges = profile === undefined ? undefined : reach(profile, files);
  const sure = (yes: boolean | undefined): boolean => yes === true || (yes === false && access?.complete === true);
  const rights = [
    ...(access?.viewsAllData === true ? ['View All Data'] : []),
    ...(access?.permissionSets ?? []).flatMap((id) => objects?.get(id) ?? []),
  ];
  // Something found is an answer; nothing found is one only where everything was read.
  const beyondSharing = rights.length > 0 || (access?.complete === true && objects !== undefined) ? rights : undefined;
  return {
    ...(access && sure(access.administrator) && { administrator: access.administrator }),
    ...(access && sure(access.apiOnly) && { apiOnly: access.apiOnly }),
    ...(beyondSharing && { beyondSharing: [...new Set(beyondSharing)] }),
    ...(ranges !== undefined && { loginIpRanges: ranges === 'few' }),
    ...(ranges === 'many' && { wideLoginIpRanges: true as const }),
  };
}

/** How much the login IP ranges of a profile let in; undefined where they were not read. */
function reach(profile: string, files: Files): 'none' | 'few' | 'many' | undefined {
  const ranges = loginIpRangesIn(files, profile);
  if (ranges === undefined) return undefined;
  if (ranges.length === 0) return 'none';
  let [v4, v6] = [0n, 0n];
  for (const { start, end } of ranges) {
    const count = addressesIn(start, end);
    if (count === undefined) return undefined;
    if (start.includes(':')) v6 += count;
    else v4 += count;
  }
  return v4 <= FEW_IPV4 && v6 <= FEW_IPV6 ? 'few' : 'many';
}
