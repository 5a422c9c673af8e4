import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import { OrgError } from './org-error';

/** Rows of one query, or why the org refused it. */
export type QueryAnswer =
  { readonly rows: readonly unknown[] } | { readonly refused: string; readonly errorCode: string };

/** A composite request takes at most five queries. */
export const MAX_QUERIES = 5;

const Rows = z.object({ records: z.array(z.unknown()), done: z.boolean(), nextRecordsUrl: z.string().optional() });
const Refused = z.array(z.object({ errorCode: z.string(), message: z.string() })).min(1);
const Composite = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

/** Runs up to five queries in one API call, and follows the pages of those with more than 2,000 rows. */
export async function queryTogether<Name extends string>(
  door: Door,
  queries: Readonly<Record<Name, string>>,
  options: { readonly what: string; readonly apiVersion: number; readonly signal?: AbortSignal | undefined },
): Promise<Record<Name, QueryAnswer>> {
  const { what, apiVersion, signal } = options;
  const names = Object.keys(queries) as Name[];
  const root = `/services/data/v${formatApiVersion(apiVersion)}`;
  const compositeRequest = names.map((referenceId) => ({
    method: 'GET',
    url: `${root}/query?q=${encodeURIComponent(queries[referenceId])}`,
    referenceId,
  }));
  const call = { what, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const answer: unknown = await door.call(call, (api) =>
    api.connection.requestPost('/composite', { allOrNone: false, compositeRequest }),
  );
  const composite = Composite.safeParse(answer);
  if (!composite.success) throw senseless(what);
  const results = {} as Record<Name, QueryAnswer>;
  for (const name of names) {
    const part = composite.data.compositeResponse.find(({ referenceId }) => referenceId === name);
    if (!part) throw senseless(what);
    results[name] = await readPart(part);
  }
  return results;

  async function readPart(part: { readonly httpStatusCode: number; readonly body?: unknown }): Promise<QueryAnswer> {
    const first = Rows.safeParse(part.body);
    if (part.httpStatusCode === 200 && first.success) return { rows: await allPages(first.data) };
    const refused = Refused.safeParse(part.body);
    const [reason] = refused.success ? refused.data : [];
    if (!reason) throw senseless(what);
    return { refused: door.redact(`${reason.errorCode}: ${reason.message}`), errorCode: reason.errorCode };
  }

  async function allPages(first: z.infer<typeof Rows>): Promise<readonly unknown[]> {
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
}

function senseless(what: string): OrgError {
  return new OrgError('answer', `Could not ${what}: the answer to a query makes no sense`, 'try again later');
}
