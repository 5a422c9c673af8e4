import type { Org } from '../org/org';
import { assessUsage, type UsageQuestion } from '../usage/assess';
import { type AppUsage, isComplete, unknownApps, type UsageReport } from '../usage/report';
import { ClientAppsError } from '../values/diagnostic';
import { checkOrgId } from './read-org';
import { notChosen, notSeen, planTokens, type RevokePlan } from './revoke-tokens';

export type UnknownQuestion = Pick<UsageQuestion, 'org' | 'today' | 'manifest' | 'known'> & {
  readonly signal?: AbortSignal;
};

/** An app that neither the program nor an allow-list knows, or that passes itself off as another, and its tokens. */
export interface UnknownApp {
  readonly usage: AppUsage;
  readonly tokens: RevokePlan;
}

/**
 * Everything that is to be cut off because no one knows it.
 * @throws ClientAppsError REFUSED where it is another org than the program means, or not every token and app was seen:
 * what is left out would count as cut off.
 */
export async function planStopUnknown(org: Org, input: UnknownQuestion): Promise<readonly UnknownApp[]> {
  const { signal, ...question } = input;
  const options = signal ? { signal } : {};
  const identity = await org.identify(options);
  if (question.manifest) checkOrgId(question.manifest, identity);
  const facts = await org.usage({}, options);
  const asked = { ...question, orgId: identity.orgId, since: question.today, apiCalls: org.calls };
  const report = assessUsage(facts, asked);
  if (!isComplete(report)) throw new ClientAppsError('REFUSED', gapsOf(report));
  return unknownApps(report).map((usage) => {
    const app = usage.api_name ?? usage.label;
    const sort = usage.platform === undefined ? { unknown: true } : { unknown: false, platform: usage.platform };
    const tokens = planTokens(facts, { app, inactiveUsers: false, ...sort }, identity);
    if ('candidates' in tokens) throw notChosen(tokens, { app, inactiveUsers: false, ...sort });
    return { usage, tokens };
  });
}

const gapsOf = ({ org, tokens, not_evaluated: gaps }: UsageReport): ClientAppsError['diagnostics'] =>
  [
    ...(tokens?.cut ? [{ what: 'OAuth tokens', why: `the org lists ${tokens.read} of ${tokens.in_all}` }] : []),
    ...gaps,
  ].map((gap) => notSeen(org, gap));
