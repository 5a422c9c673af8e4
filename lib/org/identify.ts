import { z } from 'zod';

import type { Door } from './door';
import type { CallOptions, OrgIdentity } from './org';
import { isOrgError, OrgError } from './org-error';

const Versions = z.array(z.object({ version: z.string().regex(/^\d+\.0$/) })).min(1);
const OrgId = z.string().regex(/^00D[A-Za-z0-9]{15}$/);
const UserInfo = z.object({ organization_id: OrgId, preferred_username: z.string().min(1).optional() });
const Organizations = z.object({
  records: z.tuple([z.object({ Id: OrgId, IsSandbox: z.boolean(), OrganizationType: z.string() })]),
});

const WHAT = 'ask which org this is';

/** Two calls: the versions on offer, which also tells whether anything of Salesforce answers, and who we are. */
export async function identify(door: Door, apiVersion: number, { signal }: CallOptions = {}): Promise<OrgIdentity> {
  const call = { what: WHAT, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const versions = Versions.safeParse(await door.call(call, (api) => api.connection.requestGet('/services/data')));
  if (!versions.success) throw senseless('the list of API versions is missing');
  const who = await whoAmI();
  const expected = door.orgIdOfToken;
  if (expected !== undefined && !who.orgId.startsWith(expected)) {
    throw new OrgError(
      'answer',
      `The access token belongs to org ${expected}, but the org that answers is ${who.orgId}`,
      'check that access token and instance URL belong together',
    );
  }
  const { instanceUrl, clientId } = door;
  return {
    ...who,
    instanceUrl,
    apiVersions: versions.data.map(({ version }) => Number(version)).sort((a, b) => a - b),
    ...(clientId === undefined ? {} : { clientId }),
  };

  async function whoAmI(): Promise<Pick<OrgIdentity, 'orgId' | 'username' | 'isSandbox' | 'organizationType'>> {
    const answer: unknown = await door
      .call(call, (api) => api.connection.requestGet('/services/oauth2/userinfo'))
      .catch((error: unknown) => {
        // Some scopes open the API and not this resource.
        if (isOrgError(error) && error.kind === 'refused') return undefined;
        throw error;
      });
    if (answer === undefined) return organization();
    const info = UserInfo.safeParse(answer);
    if (!info.success) throw senseless('the answer names no org');
    const { organization_id: orgId, preferred_username: username } = info.data;
    return { orgId, ...(username === undefined ? {} : { username }) };
  }

  async function organization(): Promise<Pick<OrgIdentity, 'orgId' | 'isSandbox' | 'organizationType'>> {
    const query = encodeURIComponent('SELECT Id, IsSandbox, OrganizationType FROM Organization');
    const answer = Organizations.safeParse(
      await door.call(call, (api) => api.connection.requestGet(`/query?q=${query}`)),
    );
    if (!answer.success) throw senseless('the Organization record is missing');
    const [{ Id: orgId, IsSandbox: isSandbox, OrganizationType: organizationType }] = answer.data.records;
    return { orgId, isSandbox, organizationType };
  }
}

function senseless(problem: string): OrgError {
  return new OrgError(
    'answer',
    `Could not ${WHAT}: ${problem}`,
    'check that the instance URL is that of a Salesforce org',
  );
}
