import { z } from 'zod';

import { apexClassName, fullApexName } from '../values/apex-class-name';
import { ORGANIZATION, type QueryAnswer, queryTogether, rowsAs } from './composite-query';
import type { Door } from './door';
import type { ApexClassAnswer, ApexClassFacts, CallOptions } from './org';
import { inQueries, soqlList } from './soql';

/** Without the namespace: a class of the org's own namespace is named with it or without it. */
const classesQuery = (names: readonly string[]): string =>
  `SELECT Name, NamespacePrefix, Status, IsValid FROM ApexClass WHERE Name IN ${soqlList(names)}`;

const Organization = z.object({ NamespacePrefix: z.string().nullish() });
const ApexClass = z.object({
  Name: z.string(),
  NamespacePrefix: z.string().nullish(),
  Status: z.string(),
  IsValid: z.boolean(),
});

/**
 * Reads the Apex classes of these names in one call, whatever their namespace. A user without access to Apex, and an
 * org whose edition has none, refuse the query (INVALID_TYPE); then nothing is known, which is not the same as no class.
 */
export async function readApexClasses(
  door: Door,
  names: readonly string[],
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<ApexClassAnswer> {
  const plain = names.map((name) => apexClassName(name).name);
  const wanted = [...new Map(plain.map((name) => [name.toLowerCase(), name])).values()];
  const found = new Map<string, ApexClassFacts>();
  if (wanted.length === 0) return { classes: found, unread: [] };
  const lists = inQueries(wanted).map((list, index) => [`classes${index}`, classesQuery(list)] as const);
  const { organization, ...classes } = await queryTogether(
    door,
    { organization: ORGANIZATION, ...(Object.fromEntries(lists) as Readonly<Record<string, string>>) },
    { what: 'read Apex classes', apiVersion, signal },
  );
  const own = rowsOf(Organization, organization);
  if (typeof own === 'string') return { unread: [`Apex classes: ${own}`] };
  for (const answer of Object.values<QueryAnswer>(classes)) {
    const rows = rowsOf(ApexClass, answer);
    if (typeof rows === 'string') return { unread: [`Apex classes: ${rows}`] };
    for (const row of rows) put(found, row, own[0]?.NamespacePrefix);
  }
  return { classes: found, unread: [] };
}

/** The rows, or why there are none. */
function rowsOf<T>(shape: z.ZodType<T>, answer: QueryAnswer | undefined): readonly T[] | string {
  if (answer === undefined) return [];
  return 'refused' in answer ? answer.refused : rowsAs('Apex classes', shape, answer.rows);
}

function put(
  found: Map<string, ApexClassFacts>,
  { Name: name, NamespacePrefix: prefix, Status: status, IsValid: isValid }: z.infer<typeof ApexClass>,
  own: string | null | undefined,
): void {
  const namespace = prefix === null || prefix === undefined || prefix === '' ? undefined : prefix;
  const full = fullApexName({ name, ...(namespace !== undefined && { namespace }) });
  const facts = { name: full, isActive: status === 'Active', isValid };
  found.set(full.toLowerCase(), facts);
  if (namespace !== undefined && namespace.toLowerCase() === own?.toLowerCase()) found.set(name.toLowerCase(), facts);
}
