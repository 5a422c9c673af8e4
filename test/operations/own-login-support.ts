import { createPrivateKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Certificate, MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import type { FieldValue } from '../../lib/metadata/component';
import type { Manifest } from '../../lib/metadata/manifest';
import { connect } from '../../lib/org/connect';
import type { Credentials } from '../../lib/org/credentials';
import { signAssertion } from '../../lib/org/jwt-assertion';
import type { Org } from '../../lib/org/org';
import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench, declared } from './support';

export const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
export const ME = 'ci@acme.example';
export const OTHER = 'other@acme.example';
export const KEY = '3MVG9OWNLOGINKEY';
export const SECRET = 'notreallyasecret';
export const REFRESH = 'EMULATORREFRESHOFCI';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}
export const twoKeys = (): Promise<readonly [Pair, Pair]> => Promise.all([makeCertificate(), makeCertificate()]);

const xml = (type: string, fields: Readonly<Record<string, string>>): string =>
  `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</${type}>`;

/** What the tests vary around the app. */
export interface Around {
  /** Elements of the profile of the user of the login. */
  readonly profile?: string;
  /** The user has the permission set by a group alone. */
  readonly grouped?: boolean;
  readonly switches?: EmulatorOptions['switches'];
}

/** An org whose app CI lets the same user in by JWT bearer, client credentials and a refresh token. */
export function seedFolder({ cert }: Pair, { profile, grouped }: Around): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  const part = { externalClientApplication: 'CI' };
  const body = cert.replace(/-----[^-]+-----|\s/g, '');
  const files: Readonly<Record<string, string>> = {
    'externalClientApps/CI.eca': xml('ExternalClientApplication', {
      contactEmail: 'iam@acme.example',
      distributionState: 'Local',
      label: 'CI',
    }),
    'extlClntAppGlobalOauthSets/CI_glbloauth.ecaGlblOauth': xml('ExtlClntAppGlobalOauthSettings', {
      callbackUrl: 'https://login.salesforce.com/services/oauth2/success',
      certificate: body,
      consumerKey: KEY,
      consumerSecret: SECRET,
      ...part,
      isClientCredentialsFlowEnabled: 'true',
      label: 'CI',
    }),
    'extlClntAppOauthSettings/CI_oauth.ecaOauth': xml('ExtlClntAppOauthSettings', {
      commaSeparatedOauthScopes: 'Api, RefreshToken',
      ...part,
      label: 'CI',
    }),
    'extlClntAppOauthPolicies/CI_oauthPlcy.ecaOauthPlcy': xml('ExtlClntAppOauthConfigurablePolicies', {
      clientCredentialsFlowUser: ME,
      commaSeparatedPermissionSet: 'CI',
      ...part,
      ipRelaxationPolicyType: 'Bypass',
      isClientCredentialsFlowEnabled: 'true',
      label: 'CI',
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
    }),
    'extlClntAppPolicies/CI_plcy.ecaPlcy': xml('ExtlClntAppConfigurablePolicies', {
      ...part,
      isEnabled: 'true',
      isOauthPluginEnabled: 'true',
      label: 'CI',
    }),
    ...(profile !== undefined && {
      'profiles/Deployer.profile': `<Profile xmlns="http://soap.sforce.com/2006/04/metadata">${profile}</Profile>`,
    }),
    'org.json': JSON.stringify({
      profiles: ['Deployer'],
      deployUser: { username: ME },
      permissionSets: [{ name: 'CI' }, { name: 'Elsewhere', holders: 1 }],
      permissionSetGroups: [{ name: 'Deployers', permissionSets: ['CI'] }],
      users: [
        {
          username: ME,
          profile: 'Deployer',
          ...(grouped === true ? { permissionSetGroups: ['Deployers'] } : { permissionSets: ['CI'] }),
        },
        { username: OTHER },
      ],
      usage: { tokens: [{ app: 'CI', user: ME, created: '2026-11-01T00:00:00Z', refreshToken: REFRESH }] },
    }),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const open = (credentials: Credentials): Promise<Org> =>
  connect(credentials, {
    clock: { now: () => Date.now(), sleep: async () => new Promise((resolve) => setTimeout(resolve, 2)) },
  });

export const WAYS = ['jwt-bearer', 'client-credentials', 'refresh-token'] as const;
export type Way = (typeof WAYS)[number];

export interface OwnLoginBench extends Bench {
  /** This program, logged in through the app. Of a refresh token it knows no more than the token that came of it. */
  through(way: Way): Promise<Org>;
  /** What the token endpoint says to the same login now: a token for the API, or why not. */
  login(way: Way): Promise<string>;
}

/** Runs the body in an org whose app CI lets the user in by three ways. */
export async function throughCi<T>(
  pair: Pair,
  around: Around,
  body: (salesforce: OwnLoginBench) => Promise<T>,
): Promise<T> {
  const seedDir = seedFolder(pair, around);
  const salesforce = await bench({ seedDir, ...(around.switches && { switches: around.switches }) });
  const { url } = salesforce.emulator;
  // As a client does that keeps the token it was given last.
  let refreshToken = REFRESH;
  const ask = async (way: Way): Promise<Record<string, string>> => {
    const audience = 'https://login.salesforce.com';
    const key = createPrivateKey(pair.key);
    const forms = {
      'jwt-bearer': () => ({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: signAssertion({ clientId: KEY, username: ME, audience, key, now: Date.now() }),
      }),
      'client-credentials': () => ({ grant_type: 'client_credentials', client_id: KEY, client_secret: SECRET }),
      'refresh-token': () => ({
        grant_type: 'refresh_token',
        client_id: KEY,
        client_secret: SECRET,
        refresh_token: refreshToken,
      }),
    };
    const request = { method: 'POST', body: new URLSearchParams(forms[way]()) };
    const answer = (await (await fetch(`${url}/services/oauth2/token`, request)).json()) as Record<string, string>;
    refreshToken = answer['refresh_token'] ?? refreshToken;
    return answer;
  };
  // What the program says beside logins is in the org before anybody looks.
  await salesforce.apply(ciProgram(pair), { fail_on: 'none' });
  const through = async (way: Way): Promise<Org> => {
    switch (way) {
      case 'jwt-bearer':
        return open({
          kind: way,
          clientId: KEY,
          username: ME,
          privateKey: { pem: pair.key },
          loginUrl: url,
          audience: 'https://login.salesforce.com',
        });
      case 'client-credentials':
        return open({ kind: way, clientId: KEY, clientSecret: SECRET, loginUrl: url });
      case 'refresh-token': {
        const { access_token: accessToken = '' } = await ask(way);
        return open({ kind: 'access-token', accessToken, instanceUrl: url, clientId: KEY });
      }
    }
  };
  const login = async (way: Way): Promise<string> => {
    const answer = await ask(way);
    const { access_token: token, scope = '', error_description: why = '' } = answer;
    if (token === undefined) return why;
    if (token.startsWith('eyJ')) return 'a JSON Web Token, which SOAP refuses';
    return /\b(api|full)\b/.test(scope) ? 'works' : `a token without the API: ${scope}`;
  };
  try {
    return await body({ ...salesforce, through, login });
  } finally {
    await salesforce.close();
    rmSync(seedDir, { recursive: true });
  }
}

/** The program that declares CI; in what decides about logins, as the org has it. */
export const ciProgram = ({ cert }: Pair): Manifest => {
  const manifest = declared((org) => {
    new MachineApp(org, 'CI', {
      label: 'CI',
      scopes: [Scope.API, Scope.REFRESH_TOKEN],
      adopt: true,
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['CI'] }),
      certificate: Certificate.fromPem(cert),
      clientCredentials: {
        runAs: Username.perOrg({ prod: ME }),
        justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
      },
    });
  });
  return changed(manifest, { [`${POLICIES}.ipRelaxationPolicyType`]: 'Bypass' });
};

/** What a program says of CI beside that, by `Type.field`; an empty list: no value. */
export type Changes = Readonly<Record<string, FieldValue>>;

/** The program with other values in some fields. */
export function changed(manifest: Manifest, changes: Changes): Manifest {
  const [app] = manifest.apps;
  if (!app) throw new Error('no app');
  const components = app.components.map((component) => {
    const prefix = `${component.type}.`;
    const own = Object.entries(changes).flatMap(([place, value]) =>
      place.startsWith(prefix) ? [[place.slice(prefix.length), { value, ownership: 'stated' as const }] as const] : [],
    );
    const fields = { ...component.fields, ...Object.fromEntries(own) };
    return { ...component, fields };
  });
  return { ...manifest, apps: [{ ...app, components }] };
}
