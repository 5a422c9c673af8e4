import { z } from 'zod';

import { queryTogether, reader } from './composite-query';
import type { Door } from './door';
import type { CallOptions, SandboxUser, SandboxUsers } from './org';
import { soqlText } from './soql';

const User = z.object({ Username: z.string(), IsActive: z.boolean() });

/** A sandbox has 1 to 10 letters and digits for a name. */
const SANDBOX_NAME = /^[a-z0-9]{1,10}$/;

/** In a pattern of SOQL `_` stands for any character, so that a few others come along. */
const query = (username: string): string =>
  `SELECT Username, IsActive FROM User WHERE Username LIKE ${soqlText(`${username}.%`)}`;

/** True for `a@b.example.uat` of `a@b.example`. */
function isCopy(username: string, source: string): boolean {
  const [name, start] = [username.toLowerCase(), `${source.toLowerCase()}.`];
  return name.startsWith(start) && SANDBOX_NAME.test(name.slice(start.length));
}

/** One query for each name, five in a call: a refresh breaks few users, and most programs name one. */
export async function readSandboxUsers(
  door: Door,
  usernames: readonly string[],
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<SandboxUsers> {
  const names = [...new Set(usernames)];
  if (names.length === 0) return { users: new Map(), unread: [] };
  const queries = Object.fromEntries(names.map((name, index) => [`user${index}`, query(name)]));
  const answers = await queryTogether(door, queries, { what: 'look for users of the sandbox', apiVersion, signal });
  const unread: string[] = [];
  const rows = reader(unread);
  const users = new Map<string, readonly SandboxUser[]>();
  for (const [index, name] of names.entries()) {
    const answer = answers[`user${index}`];
    const found = (answer && rows('users of the sandbox', User, answer)) ?? [];
    const copies = found.filter(({ Username }) => isCopy(Username, name));
    users.set(
      name,
      copies.map(({ Username, IsActive }) => ({ username: Username, isActive: IsActive })),
    );
  }
  return unread.length > 0 ? { unread: [...new Set(unread)] } : { users, unread };
}
