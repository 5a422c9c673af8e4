import { createPrivateKey, randomUUID, sign } from 'node:crypto';

import { generate } from 'selfsigned';

import { type Caller, callerOf, UNKNOWN_CALLER, USERINFO } from './caller';
import type { ContractOrg, TokenAnswer } from './org';
import { type Component, component, LABEL, PROBE, probeApp } from './package';
import { type Answer, is, open, type Probe, type Probes } from './probe';
import { GENERAL, GLOBAL, withApp, write } from './throw-away';

const LIMITS = '/services/data/{v}/limits';

/** What signs in as the caller: the app of the probe, with a certificate made for it. */
interface Signer extends Caller {
  readonly key: string;
  readonly certificate: string;
}

async function signerFor(caller: Caller): Promise<Signer> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'contract probe' }], { keySize: 2048 });
  return { ...caller, key, certificate: cert };
}

/** An app that an administrator approved for the profile of the caller. */
const appFor = ({ certificate, profile }: Signer): readonly Component[] =>
  probeApp({
    global: { certificate },
    policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedProfile: profile },
  });

/** A session that the app of the probe has got. */
interface LoggedIn {
  readonly accessToken: string;
  /** Another assertion, by the same key. */
  readonly assertion: (claims?: { readonly seconds?: number; readonly jti?: string }) => string;
  readonly ask: (assertion: string) => Promise<TokenAnswer>;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Every sandbox takes it. */
const AUDIENCE = 'https://test.salesforce.com';

function asserted(
  claims: { readonly iss: string; readonly sub: string; readonly jti?: string },
  key: string,
  seconds: number,
): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const signed = `${encode({ alg: 'RS256' })}.${encode({ aud: AUDIENCE, exp, ...claims })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(key)).toString('base64url')}`;
}

/** Asks of an org in which a throw-away app has logged in as the caller. */
const withLogin = <T>(ask: (org: ContractOrg, login: LoggedIn) => Promise<Answer<T>>): Probe<T> => ({
  level: 'write',
  ask: async (org) => {
    const caller = await callerOf(org);
    if (caller === undefined) return UNKNOWN_CALLER;
    const signer = await signerFor(caller);
    const inOrg = withApp<T>(appFor(signer), async () => {
      const [, iss] = /<consumerKey>([^<]+)</.exec(await org.retrieve(GLOBAL, `${PROBE}_glbloauth`)) ?? [];
      if (iss === undefined) return open('the consumer key of the app is not shown');
      const assertion: LoggedIn['assertion'] = ({ seconds = 120, jti = randomUUID() } = {}) =>
        asserted({ iss, sub: signer.username, jti }, signer.key, seconds);
      const login = (one: string): Promise<TokenAnswer> => org.token({ grant_type: JWT_BEARER, assertion: one });
      let last: TokenAnswer = {};
      const accessToken = await org.patiently(async () => {
        last = await login(assertion());
        return last.access_token;
      });
      if (accessToken !== undefined) return ask(org, { accessToken, assertion, ask: login });
      return open(`the app of the probe could not log in: ${last.error ?? ''} ${last.error_description ?? ''}`.trim());
    });
    return inOrg.ask(org);
  },
});

const tokenRows = (org: ContractOrg): ReturnType<ContractOrg['rows']> =>
  org.rows(`SELECT AppMenuItemId FROM OauthToken WHERE AppName = '${LABEL}'`);

/** Answered by the login of a throw-away app as the caller, and by what then becomes of its session. */
export const LOGIN: Probes = {
  assertionReplayRefused: withLogin(async (_, { assertion, ask }) => {
    const one = assertion();
    const [first, second] = [await ask(one), await ask(one)];
    return first.access_token === undefined
      ? open(`a second login is refused: ${first.error_description ?? ''}`)
      : is(second.access_token === undefined);
  }),
  assertionLifetimeLimited: withLogin(async (_, { assertion, ask }) =>
    is((await ask(assertion({ seconds: 3600 }))).access_token === undefined),
  ),
  stopEndsTokens: withLogin(async (org, { accessToken }) => {
    if ((await org.status(LIMITS, accessToken)) !== 200) return open('the session of the app does not work');
    const off = component(GENERAL, `${PROBE}_plcy`, { externalClientApplication: PROBE, isEnabled: 'false' });
    if (!(await write(org, [off])).succeeded) return open('the org refused to switch the app off');
    const ended = await org.patiently(async () => ((await org.status(LIMITS, accessToken)) === 401 ? true : undefined));
    return is(ended === true);
  }),
  identityNeedsScope: withLogin(async (org, { accessToken }) => {
    const status = await org.status(USERINFO, accessToken);
    return status === 200 || status === 401 || status === 403
      ? is(status !== 200)
      : open(`userinfo is answered with HTTP ${status}`);
  }),
  externalClientAppTokensListed: withLogin(async (org) => {
    if ((await tokenRows(org))?.length) return is(true);
    const { apps = [] } = (await org.json('/services/data/{v}/apps/oauth/usage')) as {
      readonly apps?: readonly { readonly developerName?: string; readonly identifier?: string }[];
    };
    const identifier = apps.find(({ developerName }) => developerName === PROBE)?.identifier;
    const { users = [] } = (
      identifier === undefined ? {} : await org.json(`/services/data/{v}/apps/oauth/usage/${identifier}/users`)
    ) as { readonly users?: readonly unknown[] };
    return users.length > 0 ? is(false) : open('neither OauthToken nor the usage resources know the login');
  }),
  externalClientAppMenuItems: withLogin(async (org) => {
    const [row] = (await tokenRows(org)) ?? [];
    return row === undefined
      ? open('OauthToken has no row for the login')
      : is(row['AppMenuItemId'] !== null && row['AppMenuItemId'] !== undefined);
  }),
};
