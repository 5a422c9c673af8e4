import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import type { CallOptions, CertificateAnswer } from './org';
import { isOrgError, OrgError } from './org-error';

/** Only the Tooling API knows this object. An org has a handful of certificates, so that all of them are read at once. */
const QUERY = 'SELECT Id, DeveloperName, ExpirationDate FROM Certificate';

const Rows = z.object({
  done: z.boolean(),
  records: z.array(z.object({ Id: z.string(), DeveloperName: z.string(), ExpirationDate: z.string().nullish() })),
});

/** Reads the certificates of Certificate and Key Management in one call; an org that refuses it leaves them unknown. */
export async function readCertificates(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<CertificateAnswer> {
  const what = 'read certificates';
  const path = `/services/data/v${formatApiVersion(apiVersion)}/tooling/query?q=${encodeURIComponent(QUERY)}`;
  const call = { what, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  let answer: unknown;
  try {
    answer = await door.call(call, (api) => api.connection.requestGet(path));
  } catch (error) {
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
    return { unread: [`certificates: ${error.message}`] };
  }
  const rows = Rows.safeParse(answer);
  if (!rows.success || !rows.data.done) {
    throw new OrgError('answer', `Could not ${what}: the answer to a query is not valid`, 'try again later');
  }
  const certificates = rows.data.records.map(({ Id: id, DeveloperName: name, ExpirationDate: expires }) => ({
    id,
    name,
    // A date; in some answers of the API dates come with a time.
    ...(typeof expires === 'string' && { expires: expires.slice(0, 10) }),
  }));
  return { certificates, unread: [] };
}
