import { z } from 'zod';

import { similarUsername } from '../values/similar-username';
import { queryTogether } from './composite-query';
import type { Door } from './door';
import { soqlText } from './soql';

const User = z.object({ Username: z.string() });

/** What a slip leaves of a name: how it begins, or how it ends. */
const KEPT = 3;
/** Of an org with a hundred thousand users this is a hint, and no list of them. */
const MOST = 200;
/** Two queries for each name, and all of them in one call: a plan keeps to its eight. */
const NAMES = 2;

const like = (pattern: string): string =>
  `SELECT Username FROM User WHERE IsActive = true AND Username LIKE ${soqlText(pattern)} LIMIT ${MOST}`;

/** For each username that the org does not have: one that was perhaps meant. A hint alone: what is refused is left out. */
export async function similarUsers(
  door: Door,
  missing: readonly string[],
  options: Parameters<typeof queryTogether>[2],
): Promise<ReadonlyMap<string, string>> {
  const names = missing.slice(0, NAMES);
  if (names.length === 0) return new Map();
  const queries = Object.fromEntries(
    names.flatMap((name, index) => {
      const [local = '', domain = ''] = name.split('@');
      return [
        [`begins${index}`, like(`${local.slice(0, KEPT)}%`)],
        [`ends${index}`, like(`%${local.slice(-KEPT)}@${domain}%`)],
      ];
    }),
  );
  const answers = await queryTogether(door, queries, options);
  return new Map(
    names.flatMap((name, index) => {
      const rows = [answers[`begins${index}`], answers[`ends${index}`]].flatMap((answer) =>
        answer && 'rows' in answer ? answer.rows : [],
      );
      const found = z.array(User).safeParse(rows);
      const meant = similarUsername(
        name,
        (found.data ?? []).map(({ Username }) => Username),
      );
      return meant === undefined ? [] : [[name, meant] as const];
    }),
  );
}
