import { z } from 'zod';

import { formatApiVersion } from '../../metadata/api-version';
import type { Door } from '../door';
import { isOrgError, OrgError } from '../org-error';
import type { NotEvaluated } from './facts';

/** A session of one reading: where to ask, and what could not be seen so far. */
export interface Asking {
  readonly door: Door;
  readonly apiVersion: number;
  readonly signal: AbortSignal | undefined;
  readonly notEvaluated: NotEvaluated[];
}

const Page = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.unknown()),
});

export const dataPath = ({ apiVersion }: Pick<Asking, 'apiVersion'>, path: string): string =>
  `/services/data/v${formatApiVersion(apiVersion)}${path}`;

export function get({ door, apiVersion, signal }: Asking, what: string, path: string): Promise<unknown> {
  return door.call({ what, apiVersion, signal, mode: 'read', protocol: 'rest' }, (api) =>
    api.connection.requestGet(path),
  );
}

export const senseless = (what: string): OrgError =>
  new OrgError('answer', `Could not ${what}: the answer has an unexpected format`, 'try again later');

/** The answer in the shape that was asked for. @throws OrgError `answer`, which tells nothing of what came instead. */
export function inShape<T>(what: string, shape: z.ZodType<T>, answer: unknown): T {
  const parsed = shape.safeParse(answer);
  if (!parsed.success) throw senseless(what);
  return parsed.data;
}

/** The pages of a query, one after the other. */
export async function* queryPages<T>(
  asking: Asking,
  what: string,
  soql: string,
  row: z.ZodType<T>,
  resource = '/query',
): AsyncGenerator<readonly T[]> {
  let path: string | undefined = dataPath(asking, `${resource}?q=${encodeURIComponent(soql)}`);
  while (path !== undefined) {
    const page: z.infer<typeof Page> = inShape(what, Page, await get(asking, what, path));
    yield inShape(what, z.array(row), page.records);
    if (page.done) return;
    path = page.nextRecordsUrl;
    // Only ever a path: an absolute address would carry the access token elsewhere.
    if (path?.startsWith('/services/data/') !== true) throw senseless(what);
  }
}

/** All rows of a query. */
export async function queryRows<T>(...question: Parameters<typeof queryPages<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const page of queryPages(...question)) rows.push(...page);
  return rows;
}

export async function countRows(asking: Asking, what: string, soql: string): Promise<number> {
  const path = dataPath(asking, `/query?q=${encodeURIComponent(soql)}`);
  return inShape(what, Page, await get(asking, what, path)).totalSize;
}

/**
 * What a question gives, or undefined and a word about it where the org refuses it or answers with something else.
 * Whatever else goes wrong (no connection, no session) ends the reading.
 */
export async function orNotEvaluated<T>(
  asking: Asking,
  what: string,
  permission: string | undefined,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isOrgError(error) || (error.kind !== 'refused' && error.kind !== 'answer')) throw error;
    const named = error.kind === 'refused' && permission !== undefined ? { permission } : {};
    asking.notEvaluated.push({ what, why: error.message, ...named });
    return undefined;
  }
}

/** What is asked for where the permission is there; without it the org would show a part as if it were all. */
export function permitted<T>(
  asking: Asking,
  allowed: boolean,
  { what, why, permission }: Required<NotEvaluated>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  if (allowed) return orNotEvaluated(asking, what, permission, ask);
  asking.notEvaluated.push({ what, why, permission });
  return Promise.resolve(undefined);
}

const Access = z.record(z.string(), z.unknown());

/** Of the connected user, by API name; one that the org does not know is not held. Undefined if the org does not say. */
export async function ownPermissions(
  asking: Asking,
  names: readonly string[],
): Promise<ReadonlyMap<string, boolean> | undefined> {
  const fields = names.map((name) => `Permissions${name}`).join(', ');
  const rows = await orNotEvaluated(asking, 'your own permissions', undefined, () =>
    queryRows(asking, 'read your own permissions', `SELECT ${fields} FROM UserPermissionAccess LIMIT 1`, Access),
  );
  return rows?.[0] && new Map(names.map((name) => [name, rows[0]?.[`Permissions${name}`] === true]));
}
