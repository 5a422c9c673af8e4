import { randomUUID } from 'node:crypto';

import { callerOf, UNKNOWN_CALLER } from './caller';
import type { ContractOrg } from './org';
import { type Component, LABEL, PROBE, probeApp } from './package';
import { type Answer, is, open, type Probe, type Probes } from './probe';
import { withApp, write } from './throw-away';

const CREDENTIALS = '/services/data/{v}/apps/oauth/credentials';

/** Asks of a throw-away app for which a second set of credentials was staged, and of the answer to that. */
const withStaged = <T>(ask: (org: ContractOrg, staged: object, toldBefore: number) => Promise<Answer<T>>): Probe<T> =>
  withApp(probeApp(), async (org) => {
    const [app] = (await org.rows(`SELECT Id FROM ExternalClientApplication WHERE DeveloperName = '${PROBE}'`)) ?? [];
    const path = `${CREDENTIALS}/${String(app?.['Id'])}`;
    const { consumers: [consumer] = [] } = (await org.json(path)) as {
      readonly consumers?: readonly { readonly id: string }[];
    };
    if (consumer === undefined) return open('consumer secrets of this org cannot be read through the REST API');
    const toldBefore = await told(org);
    const { status, body } = await org.post(`${path}/${consumer.id}/staged`);
    return status === 201 && typeof body === 'object' && body !== null
      ? ask(org, body, toldBefore)
      : open(`staging is answered with HTTP ${status}`);
  });

/** How many rows of the setup audit trail name the app. */
async function told(org: ContractOrg): Promise<number> {
  const rows = (await org.rows('SELECT Display FROM SetupAuditTrail ORDER BY CreatedDate DESC LIMIT 200')) ?? [];
  return rows.filter((row) => [PROBE, LABEL].some((name) => String(row['Display']).includes(name))).length;
}

/** The app runs as the caller, at first approved for his profile, so that the login works; then for nobody. */
async function approvalOfRunAsUser(org: ContractOrg): Promise<Answer<boolean>> {
  const caller = await callerOf(org);
  if (caller === undefined) return UNKNOWN_CALLER;
  const consumerKey = `zz${randomUUID().replaceAll('-', '')}`;
  const consumerSecret = randomUUID().replaceAll('-', '');
  const appFor = (profile?: string): readonly Component[] =>
    probeApp({
      global: { consumerKey, consumerSecret, isClientCredentialsFlowEnabled: 'true' },
      policy: {
        clientCredentialsFlowUser: caller.username,
        ...(profile !== undefined && { commaSeparatedProfile: profile }),
        isClientCredentialsFlowEnabled: 'true',
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      },
    });
  const isLetIn = async (): Promise<boolean> => {
    const form = { grant_type: 'client_credentials', client_id: consumerKey, client_secret: consumerSecret };
    return (await org.token(form)).access_token !== undefined;
  };
  const inOrg = withApp(appFor(caller.profile), async () => {
    if ((await org.patiently(async () => (await isLetIn()) || undefined)) === undefined) {
      return open('the app of the probe could not log in by the secret that it brought along');
    }
    if (!(await write(org, appFor())).succeeded) return open('the org wants the app to be approved for someone');
    return is((await org.patiently(async () => !(await isLetIn()) || undefined)) === true);
  });
  return inOrg.ask(org);
}

/** Answered by the credentials of a throw-away app. */
export const CREDENTIAL: Probes = {
  stagingAnswersOne: withStaged((_, staged) => Promise.resolve(is(!('stagedCredentials' in staged)))),
  auditTrailOfCredentials: withStaged(async (org, _, before) =>
    before === 0 ? open('the setup audit trail does not name the app') : is((await told(org)) > before),
  ),
  approvalCheckedForClientCredentials: { level: 'write', ask: approvalOfRunAsUser },
};
