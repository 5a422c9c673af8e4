import type { Manifest } from '../metadata/manifest';
import type { CallOptions, Org, OrgIdentity } from '../org/org';
import type { OrgAppFacts, TokenFacts, UsageFacts } from '../org/usage/facts';
import { assessUsage } from '../usage/assess';
import { chooseTokens, recordsNamed } from '../usage/choose';
import type { Found } from '../usage/incident';
import type { AppUsage } from '../usage/report';
import { checkOrgId } from './read-org';
import { notChosen } from './revoke-tokens';

export interface LookQuestion {
  readonly org: string;
  /** Label or API name. */
  readonly app: string;
  readonly unknown: boolean;
  readonly since: string;
  readonly today: string;
  readonly manifest?: Manifest;
}

/** An app that is to be cut off, as the org knows it now. */
export interface Look {
  readonly identity: OrgIdentity;
  readonly facts: UsageFacts;
  readonly label: string;
  readonly record?: OrgAppFacts;
  /** Undefined: not evaluated. */
  readonly tokens?: readonly TokenFacts[];
  readonly usage?: AppUsage;
}

/**
 * Which app an order is about, and what is known of its use. Tokens that cannot be seen are no reason to give up: an app
 * can be stopped all the same.
 * @throws ClientAppsError REFUSED where the name leads to no app, or to several.
 */
export async function lookAtApp(org: Org, question: LookQuestion, options: CallOptions): Promise<Look> {
  const identity = await org.identify(options);
  if (question.manifest) checkOrgId(question.manifest, identity);
  const facts = await org.usage({ since: question.since }, options);
  const named = appOf(facts, question);
  const { manifest } = question;
  const report = assessUsage(facts, {
    ...{ org: question.org, orgId: identity.orgId, today: question.today, since: question.since },
    ...(manifest && { manifest }),
    apiCalls: org.calls,
  });
  const usage = report.apps.find(
    ({ label, api_name: name, platform }) =>
      label === named.label && platform === named.record?.platform && name === named.record?.apiName,
  );
  return { identity, facts, ...named, ...(usage && { usage }) };
}

function appOf(facts: UsageFacts, { app, unknown }: LookQuestion): Pick<Look, 'label' | 'record' | 'tokens'> {
  const question = { app, unknown, inactiveUsers: false };
  const chosen = chooseTokens(facts, question);
  if (!('candidates' in chosen)) {
    const { label, record, tokens } = chosen;
    return { label, ...(record && { record }), tokens };
  }
  if (chosen.candidates > 1) throw notChosen(chosen, question);
  const none = facts.tokens === undefined ? {} : { tokens: [] };
  const records = unknown ? [] : recordsNamed(facts, app);
  const [record, ...more] = records;
  if (more.length > 0) {
    const allowed = records.map(({ apiName, label }) => apiName ?? label).join(', ');
    throw notChosen({ candidates: records.length, allowed }, question);
  }
  if (record) return { label: record.label, record, ...none };
  // Without a view of tokens or apps, that the name is unknown says nothing.
  const blind = facts.tokens === undefined || facts.apps === undefined;
  const loggedIn = facts.logins?.some(({ application }) => application === app) === true;
  if (blind || loggedIn) return { label: app, ...none };
  throw notChosen(chosen, question);
}

/** What the journal says of it. */
export function foundOf({ label, record, tokens, usage, facts }: Look): Found {
  const logins = facts.logins && usage?.logins;
  return {
    label,
    ...(record?.apiName !== undefined && { api_name: record.apiName }),
    ...(record && { platform: record.platform }),
    standing: usage?.standing ?? 'not-evaluated',
    publisher: usage?.publisher ?? 'not evaluated',
    ...(usage?.look_alike && { look_alike: `${usage.look_alike.of}: ${usage.look_alike.why}` }),
    reach: facts.tokens === undefined ? 'not evaluated: its users were not read' : (usage?.reach ?? 'not evaluated'),
    ...(tokens && { tokens: tokens.length, users: [...new Set(tokens.map(({ user }) => user))].sort() }),
    ...(logins && { logins: logins.count + logins.failed }),
  };
}
