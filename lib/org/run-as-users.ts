import { z } from 'zod';

import { parseXml } from '../metadata/package/xml';
import type { Files } from '../metadata/package/zip';
import { queryTogether, type QueryAnswer } from './composite-query';
import type { Door } from './door';
import type { CallOptions, RetrieveAnswer, RetrieveRequest, RunAsFacts, RunAsUser } from './org';
import { isOrgError, OrgError } from './org-error';
import { profileMetadataName } from './profile-names';
import { soqlList } from './soql';

/** Any of these makes an administrator of whoever holds it. */
const ADMINISTERING = [
  'PermissionsModifyAllData',
  'PermissionsCustomizeApplication',
  'PermissionsManageUsers',
] as const;
const USERNAMES_PER_QUERY = 80;

/** Every profile has a permission set behind it that its users hold, so this one object tells all of it. */
const assignmentsQuery = (usernames: readonly string[]): string =>
  `SELECT Assignee.Username, PermissionSet.IsOwnedByProfile, PermissionSet.PermissionsApiUserOnly, ${ADMINISTERING.map((name) => `PermissionSet.${name}`).join(', ')} ` +
  `FROM PermissionSetAssignment WHERE Assignee.Username IN ${soqlList(usernames)}`;

const usersQuery = (usernames: readonly string[]): string =>
  `SELECT Username, Profile.Name FROM User WHERE Username IN ${soqlList(usernames)}`;

const Assignment = z.object({
  Assignee: z.object({ Username: z.string() }),
  PermissionSet: z.object({
    IsOwnedByProfile: z.boolean(),
    PermissionsApiUserOnly: z.boolean(),
    PermissionsModifyAllData: z.boolean(),
    PermissionsCustomizeApplication: z.boolean(),
    PermissionsManageUsers: z.boolean(),
  }),
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
  const users = new Map<string, { profile?: string; access?: Access }>();
  const asked = [...new Set(usernames)];
  for (let at = 0; at < asked.length; at += USERNAMES_PER_QUERY) {
    const names = asked.slice(at, at + USERNAMES_PER_QUERY);
    const answers = await queryTogether(
      door,
      { users: usersQuery(names), assignments: assignmentsQuery(names) },
      { what: 'read the run-as users', apiVersion, signal: options.signal },
    );
    for (const { Username, Profile } of rowsOf('run-as users', User, answers.users, unread)) {
      users.set(Username.toLowerCase(), Profile ? { profile: Profile.Name } : {});
    }
    for (const row of rowsOf('what run-as users may do', Assignment, answers.assignments, unread)) {
      const name = row.Assignee.Username.toLowerCase();
      const known = users.get(name) ?? {};
      users.set(name, { ...known, access: joined(known.access, row.PermissionSet) });
    }
  }
  const profiles = [...new Set([...users.values()].flatMap(({ profile }) => (profile === undefined ? [] : [profile])))];
  const files = await metadata(profiles, apiVersion, retrieve, options, unread);
  const timeout = sessionTimeout(files);
  return {
    users: new Map([...users].map(([name, { profile, access }]) => [name, userOf(profile, access, files)])),
    ...(timeout !== undefined && { orgSessionTimeoutMinutes: timeout }),
    unread,
  };
}

interface Access {
  /** The permissions of the profile are among those seen; without them a "no" means nothing. */
  readonly complete: boolean;
  readonly apiOnly: boolean;
  readonly administrator: boolean;
}

function joined(before: Access | undefined, set: z.infer<typeof Assignment>['PermissionSet']): Access {
  return {
    complete: set.IsOwnedByProfile || before?.complete === true,
    apiOnly: set.PermissionsApiUserOnly || before?.apiOnly === true,
    administrator: ADMINISTERING.some((name) => set[name]) || before?.administrator === true,
  };
}

function rowsOf<T>(fact: string, shape: z.ZodType<T>, answer: QueryAnswer, unread: string[]): readonly T[] {
  if ('refused' in answer) {
    unread.push(`${fact}: ${answer.refused}`);
    return [];
  }
  const rows = z.array(shape).safeParse(answer.rows);
  if (rows.success) return rows.data;
  throw new OrgError('answer', `Could not read ${fact}: the rows have another shape than asked for`, 'try again later');
}

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

function userOf(profile: string | undefined, access: Access | undefined, files: Files): RunAsUser {
  const loginIpRanges = profile === undefined ? undefined : hasLoginIpRanges(profile, files);
  const sure = (yes: boolean | undefined): boolean => yes === true || (yes === false && access?.complete === true);
  return {
    ...(access && sure(access.administrator) && { administrator: access.administrator }),
    ...(access && sure(access.apiOnly) && { apiOnly: access.apiOnly }),
    ...(loginIpRanges !== undefined && { loginIpRanges }),
  };
}

function hasLoginIpRanges(profile: string, files: Files): boolean | undefined {
  const name = profileMetadataName(profile);
  const text = files.get(`profiles/${name}.profile`) ?? files.get(`profiles/${encodeURIComponent(name)}.profile`);
  const document = text === undefined ? undefined : parseXml(text);
  return document?.ok ? document.value.children.some((child) => child.name === 'loginIpRanges') : undefined;
}

/** `sessionTimeout` of the session settings is a word; minutes by the Metadata API Developer Guide. */
const MINUTES: Readonly<Record<string, number>> = {
  FifteenMinutes: 15,
  ThirtyMinutes: 30,
  SixtyMinutes: 60,
  NinetyMinutes: 90,
  TwoHours: 120,
  FourHours: 240,
  EightHours: 480,
  TwelveHours: 720,
  TwentyFourHours: 1440,
};

function sessionTimeout(files: Files): number | undefined {
  const document = parseXml(files.get('settings/Security.settings') ?? '');
  if (!document.ok) return undefined;
  const session = document.value.children.find(({ name }) => name === 'sessionSettings');
  const word = session?.children.find(({ name }) => name === 'sessionTimeout')?.text.trim();
  return word === undefined ? undefined : MINUTES[word];
}
