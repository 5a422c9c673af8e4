import { request } from 'node:http';

import { App, TerraformStack } from 'cdktf';

import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  type SalesforceOrgProps,
  Scope,
} from '../../constructs';
import {
  attack,
  type ClientAppMatchers,
  clientAppMatchers,
  startOrg,
  synthManifests,
  type TestClient,
  type TestOrg,
} from '../../constructs/testing';
import { TODAY } from '../operations/support';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the shape of jest's types
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged into jest's own
    interface Matchers<R> extends ClientAppMatchers<R> {}
  }
}

expect.extend(clientAppMatchers);

const CERTIFICATE = 'examples/quickstart/certs/billing-sync.crt';
const orgOf = (props: SalesforceOrgProps = {}): SalesforceOrg =>
  new SalesforceOrg(new TerraformStack(new App(), 'identity'), 'prod', {
    contactEmail: 'iam@acme.example',
    today: TODAY,
    ...props,
  });
const portalOf = (org: SalesforceOrg): PrivateClientApp =>
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.REFRESH_TOKEN, Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Users'] }),
  });
const kioskOf = (org: SalesforceOrg): PublicClientApp =>
  new PublicClientApp(org, 'Kiosk', {
    label: 'Kiosk',
    callbackUrls: ['kiosk://oauth'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Kiosk_Users'] }),
    refreshTokenRotation: {
      enabled: false,
      justification: { reason: 'Two devices share one token', approvedBy: 'ciso@acme.example', expires: '2027-06-30' },
    },
  });
/** What a test that fails says. */
async function messageOf(assertion: () => unknown): Promise<string> {
  try {
    await assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion held');
}

describe('toDeclareClientApp', () => {
  const org = orgOf();
  const portal = portalOf(org);
  const kiosk = kioskOf(org);

  it('sees an app of a program, an org, a manifest, and the app itself', () => {
    const [manifest] = synthManifests(org);
    for (const subject of [org.node.root, org, manifest, portal]) expect(subject).toDeclareClientApp('Portal');
    expect(kiosk).not.toDeclareClientApp('Portal');
  });

  it('compares kind, platform, label and settings: lists in any order, of an object what is named', () => {
    expect(org).toDeclareClientApp('Portal', {
      kind: 'private',
      platform: 'external-client-app',
      label: 'Portal',
      settings: {
        pkceRequired: true,
        scopes: ['Api', 'RefreshToken'],
        permissionSets: ['Portal_Users'],
        refreshTokenPolicy: { type: 'SpecificInactivity' },
        certificate: undefined,
      },
    });
  });

  it('says what differs, and which name was meant', async () => {
    const wrong = { kind: 'public', settings: { scopes: ['Api'], secretInWebServerFlow: false } } as const;
    expect(await messageOf(() => expect(org).toDeclareClientApp('Portal', wrong))).toBe(
      [
        "expect(…).toDeclareClientApp('Portal', { … })",
        '',
        'Portal is declared, but not as expected:',
        'prod: kind is expected to be "public", and is "private"',
        'prod: scopes is expected to be ["Api"], and is ["Api","RefreshToken"]',
        'prod: secretInWebServerFlow is expected to be false, and is true',
      ].join('\n'),
    );
    const missing = await messageOf(() => expect(org).toDeclareClientApp('Portl'));
    expect(missing).toContain('No client app has the API name Portl. Did you mean Portal?\nDeclared: Kiosk, Portal');
    const not = await messageOf(() => expect(org).not.toDeclareClientApp('Kiosk'));
    expect(not).toContain('identity/prod/Kiosk is declared: public client, external-client-app.');
  });
});

describe('toPassControl', () => {
  const org = orgOf();
  const portal = portalOf(org);
  const kiosk = kioskOf(org);

  it('looks at one app, or at every app of an org', () => {
    expect(portal).toPassControl('SFCA-ECA-ROTATION');
    expect(org).toPassControl('SFCA-ECA-PKCE');
    expect(synthManifests(org)[0]).toPassControl('SFCA-ECA-PKCE');
  });

  it('takes an exception for a failure, unless the test accepts it', async () => {
    expect(kiosk).toPassControl('SFCA-ECA-ROTATION', { acceptExceptions: true });
    expect(kiosk).not.toPassControl('SFCA-ECA-ROTATION');
    expect(await messageOf(() => expect(org).toPassControl('SFCA-ECA-ROTATION'))).toContain(
      'identity/prod/Kiosk: exempt until 2027-06-30: Two devices share one token',
    );
  });

  it('fails for the violation that keeps a program from synth, and throws every other error of it', async () => {
    const broken = orgOf();
    const app = new PrivateClientApp(broken, 'Wide', {
      label: 'Wide',
      callbackUrls: ['https://*.acme.example/oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
    expect(await messageOf(() => expect(app).toPassControl('SFCA-ECA-PKCE'))).toContain('identity/prod/Wide');
    const full = orgOf();
    const scoped = new PrivateClientApp(full, 'Full', {
      label: 'Full',
      callbackUrls: ['https://portal.acme.example/oauth/callback'],
      scopes: [Scope.FULL],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
    expect(scoped).not.toPassControl('SFCA-ECA-SCOPES');
    expect(await messageOf(() => expect(scoped).toPassControl('SFCA-ECA-SCOPES'))).toContain('[SFCA-ECA-SCOPES]');
  });

  it('answers neither way where the control judges nothing, was not evaluated, or does not exist', async () => {
    const notYes = await messageOf(() => expect(portal).toPassControl('SFCA-APP-CERTIFICATE-EXPIRY'));
    expect(notYes).toContain('cannot be answered');
    const notNo = await messageOf(() => expect(portal).not.toPassControl('SFCA-APP-CERTIFICATE-EXPIRY'));
    expect(notNo).toBe(notYes);
    expect(await messageOf(() => expect(portal).toPassControl('SFCA-ECA-PKCEE'))).toContain(
      'did you mean SFCA-ECA-PKCE',
    );
    expect(await messageOf(() => expect(portal).toPassControl('SFCA-ORG-OAUTH-FLOWS'))).toContain('cannot be answered');
  });
});

describe('attack and toRefuse', () => {
  it.each([undefined, null, 'Portal'])('%p is no subject, and that is said', async (subject) => {
    expect(await messageOf(() => expect(subject).toRefuse())).toContain('test-subject-unusable');
  });

  const org = orgOf();
  const portal = portalOf(org);
  const kiosk = kioskOf(org);

  it('gives every case with what the org said', async () => {
    const proof = await attack(portal);
    expect(proof).toMatchObject({ app: 'Portal', kind: 'private' });
    expect(proof.results.filter(({ outcome }) => outcome !== 'as-declared')).toEqual([]);
    expect(proof.results).toContainEqual({
      case: 'login-without-challenge',
      demands: 'refusal',
      about: 'log in without a code challenge',
      outcome: 'as-declared',
      granted: false,
      said: 'invalid_request: missing required code challenge',
    });
    expect((await attack(synthManifests(org)[0] ?? org, 'Portal')).results).toEqual(proof.results);
  });

  it('holds for the construct and for the proof, for one attack and for all', async () => {
    await expect(portal).toRefuse('code-without-secret');
    await expect(portal).toRefuse();
    await expect(attack(portal)).resolves.toMatchObject({ app: 'Portal' });
    await expect(await attack(portal)).toRefuse('refresh-reused');
  });

  it('fails for what is granted, an exception or not, with the words of the org', async () => {
    await expect(kiosk).not.toRefuse('refresh-reused');
    const message = await messageOf(() => expect(kiosk).toRefuse());
    expect(message).toContain('Kiosk grants refresh-reused, by an exception until 2027-06-30: use a refresh token');
    expect(message).toContain('The org said: an access token for');
    expect(message).not.toContain('Kiosk refuses');
  });

  it('answers neither way for what was not tried', async () => {
    const message = await messageOf(() => expect(portal).toRefuse('refresh-reusd'));
    expect(message).toContain('Portal was not tried with it. Did you mean refresh-reused?');
    expect(await messageOf(() => expect(portal).not.toRefuse('refresh-reusd'))).toBe(message);
  });

  it('says that a refusal proves nothing where the use beside it is refused, too', async () => {
    const proof = await attack(portal);
    const refused = proof.results.map((result) => ({
      ...result,
      granted: false,
      outcome: result.demands === 'grant' ? ('violated' as const) : ('not-evaluated' as const),
    }));
    const message = await messageOf(() => expect({ ...proof, results: refused }).toRefuse('code-twice'));
    expect(message).toContain('the legitimate use was refused as well');
    expect(message).toContain('Portal refuses login: log in with PKCE');
  });
});

describe('startOrg', () => {
  const program = orgOf();
  portalOf(program);
  const billing = new MachineApp(program, 'Billing', {
    label: 'Billing',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Robots'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
  });
  let org: TestOrg;
  beforeAll(async () => {
    org = await startOrg(program);
  });
  afterAll(() => org.close());

  /** A client of the user’s own: a browser’s part, then the server’s. */
  async function logIn({ clientId, clientSecret, username, password, callbackUrls: [callback = ''] }: TestClient) {
    const verifier = 'v'.repeat(43);
    const { createHash } = await import('node:crypto');
    const question = new URLSearchParams({
      ...{ response_type: 'code', client_id: clientId, redirect_uri: callback, username, password },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const page = await fetch(`${org.url}/services/oauth2/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: question,
    });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const answer = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier },
        ...{ client_id: clientId, client_secret: clientSecret },
      }),
    });
    return (await answer.json()) as { readonly access_token: string; readonly refresh_token: string };
  }

  it('lets a client of an app in, by its key, its secret and a user', async () => {
    const { access_token: token } = await logIn(org.client('Portal'));
    const info = await fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    expect(info.status).toBe(200);
    expect(org.orgId).toMatch(/^00D\w{15}$/);
  });

  it('has a clock that tests move', async () => {
    const client = org.client('Portal');
    const { refresh_token: refresh } = await logIn(client);
    const before = Date.parse(org.now());
    org.advance(400 * 86_400_000);
    expect(Date.parse(org.now()) - before).toBeGreaterThanOrEqual(400 * 86_400_000);
    const answer = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'refresh_token', refresh_token: refresh },
        ...{ client_id: client.clientId, client_secret: client.clientSecret },
      }),
    });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
  });

  it('takes an assertion of a machine that the key for tests signed', async () => {
    const { createSign } = await import('node:crypto');
    const { clientId, username, privateKey } = org.client('Billing');
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.parse(org.now()) / 1000) + 120;
    const signed = `${encode({ alg: 'RS256' })}.${encode({ iss: clientId, sub: username, aud: org.url, exp })}`;
    const assertion = `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    const answer = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    });
    expect(answer.status).toBe(200);
    expect(org.client('Billing').callbackUrls).toEqual([]);
  });

  it('says which apps there are', () => {
    expect(() => org.client('Portall')).toThrow('did you mean Portal?');
  });

  it('ends with its scope, and starts from the construct of an app', async () => {
    const other = await startOrg(billing);
    await other[Symbol.asyncDispose]();
    const refused = await new Promise((resolve) => request(other.url).on('error', resolve).end());
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('wants one org, an app that there is, and a program', async () => {
    const root = App.of(program);
    const both = new App();
    for (const name of ['prod', 'uat']) {
      portalOf(new SalesforceOrg(new TerraformStack(both, name), name, { contactEmail: 'a@b.example', today: TODAY }));
    }
    await expect(startOrg(both)).rejects.toThrow('the program declares 2');
    await expect(startOrg(new TerraformStack(root, 'empty'))).rejects.toThrow('contains no client app');
    await expect(attack(program)).rejects.toThrow('the program declares 2');
    await expect(attack(program, 'Bilings')).rejects.toThrow('did you mean Billing?');
    await expect(attack({} as never)).rejects.toThrow('neither a construct of a program nor a manifest');
  });
});
