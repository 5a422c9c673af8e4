import type { Manifest } from '../metadata/manifest';
import type { CallOptions, Org } from '../org/org';
import { assessUsage, type UsageQuestion } from '../usage/assess';
import type { UsageReport } from '../usage/report';
import { checkOrgId } from './read-org';

export type UsageInput = Omit<UsageQuestion, 'orgId' | 'apiCalls'> & {
  /** Of an org that was asked for it before, and found to be the right one. */
  readonly orgId?: string;
  readonly signal?: AbortSignal;
};

/** Who uses the org through which app. Reads, and writes nothing. */
export async function readUsage(org: Org, { signal, orgId: known, ...question }: UsageInput): Promise<UsageReport> {
  const options = signal ? { signal } : {};
  const orgId = known ?? (await identified(org, question.manifest, options));
  const facts = await org.usage({ since: question.since }, options);
  return assessUsage(facts, { ...question, orgId, apiCalls: org.calls });
}

/** @throws ClientAppsError REFUSED where it is another org than the program means. */
async function identified(org: Org, manifest: Manifest | undefined, options: CallOptions): Promise<string> {
  const identity = await org.identify({ ...options, user: false });
  if (manifest) checkOrgId(manifest, identity);
  return identity.orgId;
}
