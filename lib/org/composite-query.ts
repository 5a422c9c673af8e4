import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import { OrgError } from './org-error';

/** Rows of one query, or why the org refused it. */
export type QueryAnswer =
  { readonly rows: readonly unknown[] } | { readonly refused: string; readonly errorCode: string };

/** A composite request takes at most five queries. */
const MAX_QUERIES = 5;

/** Asked in the same words by all who need the record, so that it is asked once. */
export const ORGANIZATION = 'SELECT Id, IsSandbox, OrganizationType, NamespacePrefix FROM Organization';

const Rows = z.object({ records: z.array(z.unknown()), done: z.boolean(), nextRecordsUrl: z.string().optional() });
const Refused = z.array(z.object({ errorCode: z.string(), message: z.string() })).min(1);
const Part = z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() });
const Composite = z.object({ compositeResponse: z.array(Part) });

interface Options {
  readonly what: string;
  readonly apiVersion: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Rows in the shape that was asked for.
 * @param fact What they tell; completes "Could not read …".
 * @throws OrgError `answer`, which tells nothing of what came instead.
 */
export function rowsAs<T>(fact: string, shape: z.ZodType<T>, rows: readonly unknown[]): readonly T[] {
  const checked = z.array(shape).safeParse(rows);
  if (checked.success) return checked.data;
  throw new OrgError('answer', `Could not read ${fact}: the rows have an unexpected format`, 'try again later');
}

/** A query that has not been sent yet. */
interface Pending {
  readonly name: string;
  readonly soql: string;
  readonly options: Options;
  readonly resolve: (answer: Promise<QueryAnswer>) => void;
}

/** What is asked for at the same moment goes out together. */
const gathering = new WeakMap<Door, Pending[]>();

/**
 * Runs queries in as few API calls as possible, together with those that others ask for at the same moment, each text
 * once, and follows the pages of those with more than 2,000 rows.
 */
export async function queryTogether<Name extends string>(
  door: Door,
  queries: Readonly<Record<Name, string>>,
  options: Options,
): Promise<Record<Name, QueryAnswer>> {
  const names = Object.keys(queries) as Name[];
  const answers = await Promise.all(names.map((name) => ask(door, name, queries[name], options)));
  return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Record<Name, QueryAnswer>;
}

function ask(door: Door, name: string, soql: string, options: Options): Promise<QueryAnswer> {
  return new Promise((resolve) => {
    const pending = gathering.get(door) ?? [];
    pending.push({ name, soql, options, resolve });
    if (pending.length > 1) return;
    gathering.set(door, pending);
    setImmediate(() => {
      gathering.delete(door);
      sendAll(door, pending);
    });
  });
}

/** One call after the other; the first that fails is the last. */
function sendAll(door: Door, pending: readonly Pending[]): void {
  let left = [...pending];
  let earlier: Promise<unknown> = Promise.resolve();
  while (left[0]) {
    const { apiVersion, signal } = left[0].options;
    const alike = left.filter(({ options }) => options.apiVersion === apiVersion && options.signal === signal);
    const texts = [...new Set(alike.map(({ soql }) => soql))].slice(0, MAX_QUERIES);
    const group = alike.filter(({ soql }) => texts.includes(soql));
    const asked = texts.flatMap((text) => group.find(({ soql }) => soql === text) ?? []);
    const parts = earlier.then(() => sendGroup(door, asked));
    for (const { soql, options, resolve } of group) {
      resolve(parts.then((answers) => readPart(door, answers[texts.indexOf(soql)], options)));
    }
    earlier = parts;
    left = left.filter((each) => !group.includes(each));
  }
}

type Answers = readonly (z.infer<typeof Part> | undefined)[];

async function sendGroup(door: Door, group: readonly Pending[]): Promise<Answers> {
  const [first] = group;
  if (!first) return [];
  const { apiVersion, signal } = first.options;
  const what = [...new Set(group.map(({ options }) => options.what))].join(', ');
  const root = `/services/data/v${formatApiVersion(apiVersion)}`;
  // Two that ask together may call their queries the same.
  const referenceIds = group.map(({ name }, index) =>
    group.findIndex((each) => each.name === name) === index ? name : `${name}_${index}`,
  );
  const compositeRequest = group.map(({ soql }, index) => ({
    method: 'GET',
    url: `${root}/query?q=${encodeURIComponent(soql)}`,
    referenceId: referenceIds[index],
  }));
  const call = { what, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const answer: unknown = await door.call(call, (api) =>
    api.connection.requestPost('/composite', { allOrNone: false, compositeRequest }),
  );
  const composite = Composite.safeParse(answer);
  if (!composite.success) throw senseless(what);
  const parts = new Map(composite.data.compositeResponse.map((part) => [part.referenceId, part]));
  return referenceIds.map((referenceId) => parts.get(referenceId));
}

async function readPart(door: Door, part: Answers[number], options: Options): Promise<QueryAnswer> {
  if (!part) throw senseless(options.what);
  const first = Rows.safeParse(part.body);
  if (part.httpStatusCode === 200 && first.success) return { rows: await allPages(door, first.data, options) };
  const refused = Refused.safeParse(part.body);
  const [reason] = refused.success ? refused.data : [];
  if (!reason) throw senseless(options.what);
  return { refused: door.redact(`${reason.errorCode}: ${reason.message}`), errorCode: reason.errorCode };
}

async function allPages(
  door: Door,
  first: z.infer<typeof Rows>,
  { what, apiVersion, signal }: Options,
): Promise<readonly unknown[]> {
  const call = { what, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const rows = [...first.records];
  for (let page = first; !page.done;) {
    const next = page.nextRecordsUrl ?? '';
    // Only ever a path: an absolute address would carry the access token elsewhere.
    if (!next.startsWith('/services/data/')) throw senseless(what);
    const more = Rows.safeParse(await door.call(call, (api) => api.connection.requestGet(next)));
    if (!more.success) throw senseless(what);
    page = more.data;
    rows.push(...page.records);
  }
  return rows;
}

function senseless(what: string): OrgError {
  return new OrgError('answer', `Could not ${what}: the answer to a query is not valid`, 'try again later');
}

/** Rows of an answer, where it has any; what was refused is noted in `unread`, with the reason. */
export const reader =
  (unread: string[]) =>
  <T>(fact: string, shape: z.ZodType<T>, answer: QueryAnswer): readonly T[] | undefined => {
    if ('rows' in answer) return rowsAs(fact, shape, answer.rows);
    unread.push(`${fact}: ${answer.refused}`);
    return undefined;
  };
