import { z } from 'zod';

import { soqlList } from './soql';

/** What the permission sets of a user, the hidden one of the profile included, allow altogether. */
export interface UserAccess {
  readonly isApiEnabled: boolean;
}

/** Every profile has a permission set behind it that its users hold, so this one object tells all of it. */
export const assignmentsQuery = (usernames: readonly string[]): string =>
  'SELECT Assignee.Username, PermissionSet.PermissionsApiEnabled ' +
  `FROM PermissionSetAssignment WHERE Assignee.Username IN ${soqlList(usernames)}`;

export const Assignment = z.object({
  Assignee: z.object({ Username: z.string() }),
  PermissionSet: z.object({ PermissionsApiEnabled: z.boolean() }),
});

/** Access by username in lower case. */
export function accessByName(rows: readonly z.infer<typeof Assignment>[]): ReadonlyMap<string, UserAccess> {
  const found = new Map<string, UserAccess>();
  for (const { Assignee, PermissionSet } of rows) {
    const name = Assignee.Username.toLowerCase();
    found.set(name, { isApiEnabled: PermissionSet.PermissionsApiEnabled || found.get(name)?.isApiEnabled === true });
  }
  return found;
}
