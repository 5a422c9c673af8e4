import { z } from 'zod';

import { ORGANIZATION, queryTogether, reader } from './composite-query';
import type { Door } from './door';
import type { CallOptions, OrgFacts } from './org';
import { OrgError } from './org-error';
import { CONNECTED_APP_PERMISSIONS, CORE_PERMISSIONS, OWN_PERMISSIONS } from './permissions';
import { similarUsers } from './similar-users';
import { inQueries, soqlList } from './soql';
import { accessByName, Assignment, assignmentsQuery, type UserAccess } from './user-access';

const accessQuery = (permissions: readonly string[]): string =>
  `SELECT ${permissions.map((name) => `Permissions${name}`).join(', ')} FROM UserPermissionAccess LIMIT 1`;

const usersQuery = (usernames: readonly string[]): string =>
  `SELECT Username, IsActive FROM User WHERE Username IN ${soqlList(usernames)}`;

const HOLDERS =
  'SELECT PermissionSet.NamespacePrefix p, PermissionSet.Name n, COUNT(Id) c FROM PermissionSetAssignment ' +
  'WHERE PermissionSet.IsOwnedByProfile = false AND Assignee.IsActive = true ' +
  'GROUP BY PermissionSet.NamespacePrefix, PermissionSet.Name';

const Organization = z.object({ Id: z.string(), IsSandbox: z.boolean(), OrganizationType: z.string() });
const PermissionSet = z.object({
  Name: z.string(),
  Label: z.string().nullish(),
  NamespacePrefix: z.string().nullish(),
});
const Holders = z.object({ n: z.string(), p: z.string().nullish(), c: z.number() });
const User = z.object({ Username: z.string(), IsActive: z.boolean() });
const Access = z.record(z.string(), z.unknown());

/**
 * Reads what the guards need, and what the users asked for may do, in as few calls as five queries in each allow; more only
 * for many usernames, usernames that the org does not have, many rows or an org that lacks a user permission. What the org refuses is undefined, with the reason in `unread`, and never an empty map.
 */
export async function readFacts(
  door: Door,
  usernames: readonly string[],
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<OrgFacts> {
  const options = { what: 'read users and permission sets', apiVersion, signal };
  const asked = [...new Set(usernames)];
  const [answers, ...people] = await Promise.all([
    queryTogether(
      door,
      {
        organization: ORGANIZATION,
        permissionSets: 'SELECT Name, Label, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false',
        holders: HOLDERS,
        access: accessQuery([...OWN_PERMISSIONS, ...CONNECTED_APP_PERMISSIONS]),
      },
      options,
    ),
    ...inQueries(asked).map((names) =>
      queryTogether(door, { users: usersQuery(names), assignments: assignmentsQuery(names) }, options),
    ),
  ]);
  const unread: string[] = [];
  const read = reader(unread);

  const organization = oneOf(read('the Organization record', Organization, answers.organization), door.orgIdOfToken);
  const names = read('permission sets', PermissionSet, answers.permissionSets);
  const holders = read('who holds which permission set', Holders, answers.holders);
  const users = people.map((part) => read('users', User, part.users));
  const userAccess = accessOfUsers();
  const access = await ownAccess();
  const known = users.every((part) => part !== undefined) ? usersByName(asked, users.flat(), userAccess) : undefined;
  const missing = known ? asked.filter((name) => !known.has(name)) : [];
  const similar = await similarUsers(door, missing, options);

  return {
    ...(organization && { organization }),
    ...(names && holders && { permissionSets: countHolders(names, holders) }),
    ...(names && { permissionSetLabels: labelsOf(names) }),
    ...(known && { users: known }),
    ...(similar.size > 0 && { similarUsers: similar }),
    ...(access && { ownPermissions: access }),
    unread: [...new Set(unread)],
  };

  /** Undefined where the org does not tell; then no one knows, which is not the same as no one may. */
  function accessOfUsers(): ReadonlyMap<string, UserAccess> | undefined {
    const rows = people.map((part) => read('what users may do', Assignment, part.assignments));
    return rows.every((part) => part !== undefined) ? accessByName(rows.flat()) : undefined;
  }

  /** An org without the feature lacks the user permission as well, and refuses the whole query for it. */
  async function ownAccess(): Promise<ReadonlyMap<string, boolean> | undefined> {
    let answer = answers.access;
    for (const fewer of [OWN_PERMISSIONS, CORE_PERMISSIONS]) {
      if (!('refused' in answer) || answer.errorCode !== 'INVALID_FIELD') break;
      answer = (await queryTogether(door, { access: accessQuery(fewer) }, options)).access;
    }
    const row = read('your own permissions', Access, answer)?.[0];
    if (row === undefined) return undefined;
    const entries = [...OWN_PERMISSIONS, ...CONNECTED_APP_PERMISSIONS].map(
      (name) => [name, row[`Permissions${name}`]] as const,
    );
    return new Map(entries.filter((entry): entry is readonly [string, boolean] => typeof entry[1] === 'boolean'));
  }
}

function oneOf(
  rows: readonly z.infer<typeof Organization>[] | undefined,
  expected: string | undefined,
): OrgFacts['organization'] {
  const row = rows?.[0];
  if (row === undefined) return undefined;
  if (expected !== undefined && !row.Id.startsWith(expected)) {
    const message = `The access token belongs to org ${expected}, but the org that answers is ${row.Id}`;
    throw new OrgError('answer', message, 'check that access token and instance URL belong together');
  }
  return { orgId: row.Id, isSandbox: row.IsSandbox, organizationType: row.OrganizationType };
}

/** `ns__Name`, as metadata writes what belongs to a package; the bare name otherwise. */
export const withNamespace = (namespace: string | null | undefined, name: string): string =>
  namespace === null || namespace === undefined || namespace === '' ? name : `${namespace}__${name}`;

/** The names of the sets that people call so; several may have one label. */
function labelsOf(sets: readonly z.infer<typeof PermissionSet>[]): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, readonly string[]>();
  for (const { Name, Label, NamespacePrefix } of sets) {
    const label = Label ?? Name;
    labels.set(label, [...(labels.get(label) ?? []), withNamespace(NamespacePrefix, Name)]);
  }
  return labels;
}

function countHolders(
  sets: readonly z.infer<typeof PermissionSet>[],
  holders: readonly z.infer<typeof Holders>[],
): ReadonlyMap<string, number> {
  const counts = new Map(holders.map(({ n, p, c }) => [withNamespace(p, n), c] as const));
  return new Map(
    sets.map(({ Name, NamespacePrefix }) => {
      const name = withNamespace(NamespacePrefix, Name);
      return [name, counts.get(name) ?? 0] as const;
    }),
  );
}

/** Usernames are compared without regard to case, and reported as they were requested. */
function usersByName(
  asked: readonly string[],
  found: readonly z.infer<typeof User>[],
  access: ReadonlyMap<string, UserAccess> | undefined,
): OrgFacts['users'] & object {
  const byName = new Map(found.map((user) => [user.Username.toLowerCase(), user] as const));
  return new Map(
    asked.flatMap((name) => {
      const user = byName.get(name.toLowerCase());
      // A user without a single row is one whose profile the connected user may not see.
      const may = access?.get(name.toLowerCase());
      return user === undefined ? [] : [[name, { isActive: user.IsActive, ...may }] as const];
    }),
  );
}
