import type { ImportedOrg } from '../import/model';
import { buildManifest } from '../metadata/manifest';
import type { CallOptions, Org } from '../org/org';
import { readOrg } from './read-org';

/** Everything of an org that a program could declare, by one reading. Writes nothing. */
export async function readForImport(
  org: Org,
  name: string,
  apiVersion: number,
  options: CallOptions = {},
): Promise<ImportedOrg> {
  const nothing = buildManifest({
    id: name,
    name,
    path: name,
    apiVersion,
    engine: 'provider',
    settings: {},
    assumptions: {},
    apps: [],
  });
  const { observed, identity, facts, checkFacts } = await readOrg(org, nothing, { ...options, others: true });
  // Users are looked up by the names in a program, and there is none yet: nobody was found to be missing.
  const { users: _, ...known } = facts;
  return { name, observed, apiVersion, identity, facts: known, checkFacts };
}
