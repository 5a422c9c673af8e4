import { z } from 'zod';

import { ORGANIZATION, queryTogether } from './composite-query';
import type { Door } from './door';
import type { IdentifyOptions, OrgIdentity } from './org';
import { isOrgError, OrgError } from './org-error';

const Versions = z.array(z.object({ version: z.string().regex(/^\d+\.0$/) })).min(1);
const OrgId = z.string().regex(/^00D[A-Za-z0-9]{15}$/);
const UserInfo = z.object({ organization_id: OrgId, preferred_username: z.string().min(1).optional() });
const Organizations = z.tuple([z.object({ Id: OrgId, IsSandbox: z.boolean(), OrganizationType: z.string() })]);

const WHAT = 'ask which org this is';

type Who = Pick<OrgIdentity, 'orgId' | 'username' | 'isSandbox' | 'organizationType'>;

/**
 * Two calls: the versions on offer, which also tells whether anything of Salesforce answers, and who we are. Without the
 * user, the second goes out together with what else is asked for at that moment; the first is spared where one version
 * is all that matters.
 */
export async function identify(
  door: Door,
  apiVersion: number,
  { signal, user = true, onlyVersion }: IdentifyOptions = {},
): Promise<OrgIdentity> {
  const call = { what: WHAT, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const [answer, who] = await Promise.all([
    onlyVersion ?? door.call(call, (api) => api.connection.requestGet('/services/data')),
    user ? undefined : organization(),
  ]);
  const apiVersions = onlyVersion === undefined ? versionsOf(answer) : [onlyVersion];
  const found = who ?? (await userInfo()) ?? (user ? await organization() : undefined);
  if (!found) throw senseless('the Organization record is missing');
  const expected = door.orgIdOfToken;
  if (expected !== undefined && !found.orgId.startsWith(expected)) {
    throw new OrgError(
      'answer',
      `The access token belongs to org ${expected}, but the org that answers is ${found.orgId}`,
      'check that access token and instance URL belong together',
    );
  }
  const { instanceUrl, clientId, login } = door;
  return {
    ...found,
    instanceUrl,
    apiVersions,
    ...(clientId === undefined ? {} : { clientId }),
    ...(login && { login }),
  };

  async function userInfo(): Promise<Who | undefined> {
    const answer: unknown = await door
      .call(call, (api) => api.connection.requestGet('/services/oauth2/userinfo'))
      .catch((error: unknown) => {
        // Some scopes open the API and not this resource.
        if (isOrgError(error) && error.kind === 'refused') return undefined;
        throw error;
      });
    if (answer === undefined) return undefined;
    const info = UserInfo.safeParse(answer);
    if (!info.success) throw senseless('the answer names no org');
    const { organization_id: orgId, preferred_username: username } = info.data;
    return { orgId, ...(username === undefined ? {} : { username }) };
  }

  async function organization(): Promise<Who | undefined> {
    const asking = { what: WHAT, apiVersion, signal };
    const { organization: answer } = await queryTogether(door, { organization: ORGANIZATION }, asking);
    if ('refused' in answer) return undefined;
    const rows = Organizations.safeParse(answer.rows);
    if (!rows.success) throw senseless('the Organization record is missing');
    const [{ Id: orgId, IsSandbox: isSandbox, OrganizationType: organizationType }] = rows.data;
    return { orgId, isSandbox, organizationType };
  }
}

function versionsOf(answer: unknown): readonly number[] {
  const versions = Versions.safeParse(answer);
  if (!versions.success) throw senseless('the list of API versions is missing');
  return versions.data.map(({ version }) => Number(version)).sort((a, b) => a - b);
}

function senseless(problem: string): OrgError {
  return new OrgError(
    'answer',
    `Could not ${WHAT}: ${problem}`,
    'check that the instance URL is that of a Salesforce org',
  );
}
