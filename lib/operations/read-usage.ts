import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import { assessUsage, type UsageQuestion } from '../usage/assess';
import type { UsageReport } from '../usage/report';
import { checkOrgId } from './read-org';

export type UsageInput = Omit<UsageQuestion, 'orgId' | 'apiCalls' | 'manifest'> & {
  readonly manifest?: Manifest;
  readonly signal?: AbortSignal;
};

/** Who uses the org through which app. Reads, and writes nothing. */
export async function readUsage(org: Org, { signal, ...question }: UsageInput): Promise<UsageReport> {
  const options = signal ? { signal } : {};
  const identity = await org.identify({ ...options, user: false });
  if (question.manifest) checkOrgId(question.manifest, identity);
  const facts = await org.usage({ since: question.since }, options);
  return assessUsage(facts, { ...question, orgId: identity.orgId, apiCalls: org.calls });
}
