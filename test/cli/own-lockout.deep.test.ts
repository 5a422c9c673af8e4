import { createPrivateKey } from 'node:crypto';
import { rmSync } from 'node:fs';

import { Certificate, IpRelaxation, MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { signAssertion } from '../../lib/org/jwt-assertion';
import { KEY, ME, OTHER, type Pair, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import { deploys, type Ended, fastOrg, org, type Project, project } from './support';

let own: Pair;
let other: Pair;
beforeAll(async () => {
  [own, other] = await twoKeys();
});

let here: Project;
let seedDir: string;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  rmSync(seedDir, { recursive: true });
  here.remove();
});

/** Ranges of the profile are asked for by each login but one whose app relaxes them; that by JWT never does. */
async function startOrg(way: Way): Promise<void> {
  const range = '<loginIpRanges><startAddress>10.0.0.1</startAddress><endAddress>10.0.0.9</endAddress></loginIpRanges>';
  seedDir = seedFolder(own, way === 'client-credentials' ? { profile: range } : {});
  salesforce = await fastOrg({ seedDir });
}

interface Variant {
  readonly set?: string;
  readonly runAs?: string;
  readonly certificate?: string;
  readonly enforceAddress?: boolean;
}

/** The app that the pipeline logs in through, declared by the program that the pipeline applies. */
function synth({ set = 'CI', runAs = ME, certificate = own.cert, enforceAddress = false }: Variant = {}): void {
  const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
  here.synth((stack) => {
    new MachineApp(org(stack), 'CI', {
      label: 'CI',
      scopes: [Scope.API, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [set] }),
      certificate: Certificate.fromPem(certificate),
      clientCredentials: { runAs: Username.perOrg({ prod: runAs }), justification },
      ipRelaxation: enforceAddress ? IpRelaxation.ENFORCE : IpRelaxation.relax(justification),
    });
  });
}

type Way = 'jwt-bearer' | 'client-credentials';
const app = () => ({ SF_CLIENT_ID: KEY, SF_LOGIN_URL: salesforce.url });
const LOGIN: Readonly<Record<Way, () => Record<string, string>>> = {
  'jwt-bearer': () => ({ ...app(), SF_USERNAME: ME, SF_JWT_KEY: own.key }),
  'client-credentials': () => ({ ...app(), SF_CLIENT_SECRET: SECRET }),
};
const client = (way: Way, line: string): Promise<Ended> => here.run(line, { environment: LOGIN[way]() });

/** What the token endpoint of the org says to the same login: a token, of whom, or why not. */
async function answered(way: Way): Promise<string> {
  const forms = {
    'jwt-bearer': () => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signAssertion({
        ...{ clientId: KEY, username: ME, audience: 'https://login.salesforce.com', now: Date.now() },
        key: createPrivateKey(own.key),
      }),
    }),
    'client-credentials': () => ({ grant_type: 'client_credentials', client_id: KEY, client_secret: SECRET }),
  };
  const request = { method: 'POST', body: new URLSearchParams(forms[way]()) };
  const answer = await fetch(`${salesforce.url}/services/oauth2/token`, request);
  const { access_token: token, error_description: why = '' } = (await answer.json()) as Record<string, string>;
  if (token === undefined) return why;
  const headers = { authorization: `Bearer ${token}` };
  const who = await fetch(`${salesforce.url}/services/oauth2/userinfo`, { headers });
  return `a token of ${((await who.json()) as { preferred_username: string }).preferred_username}`;
}

const YES = '--auto-approve --allow widens --fail-on none';
const MINE = `a token of ${ME}`;

describe('an apply through the app that it changes', () => {
  it.each<[what: string, way: Way, variant: Variant, said: RegExp, afterward: RegExp]>([
    ['its permission set', 'jwt-bearer', { set: 'Elsewhere' }, /\(ci@acme\.example\) has none of them/, /approved/],
    ['its user', 'client-credentials', { runAs: OTHER }, /runs as other@acme\.example/, /^a token of other@/],
    [
      'its address',
      'client-credentials',
      { enforceAddress: true },
      /\(10\.0\.0\.1 - 10\.0\.0\.9\), and this session comes from 127\.0\.0\.1/,
      /ip restricted/,
    ],
    [
      'its key',
      'jwt-bearer',
      { certificate: 'other' },
      /does not belong to the key that this login signs with/,
      /assertion/,
    ],
  ])('that cuts off %s is refused, and done where that is accepted by name', async (_what, way, given, said, end) => {
    await startOrg(way);
    synth();
    expect(await client(way, `apply ${YES} --adopt CI`)).toMatchObject({ code: 0 });
    expect(await answered(way)).toBe(MINE);
    const before = deploys(salesforce);

    synth({ ...given, ...(given.certificate !== undefined && { certificate: other.cert }) });
    for (const option of ['', ' --accept-lockout Other']) {
      const { code, stdout, stderr } = await client(way, `apply ${YES}${option}`);
      expect([option, code, deploys(salesforce)]).toEqual([option, 1, before]);
      expect(stdout + stderr).toMatch(
        /this connection logged in through CI \(.*\), and the change (cuts|can cut) that/,
      );
      expect(stdout + stderr).toMatch(said);
      expect(stdout + stderr).toContain('--accept-lockout CI');
    }
    expect(await answered(way)).toBe(MINE);

    const accepted = await client(way, `apply ${YES} --accept-lockout CI`);
    expect([accepted.code, deploys(salesforce)]).toEqual([0, before + 1]);
    expect(accepted.stdout + accepted.stderr).toContain('[self-lockout-accepted]');
    expect(await answered(way)).toMatch(end);
    const next = await client(way, 'plan');
    // Another user gets in, and may not do what this pipeline does.
    expect(next.code).toBe(given.runAs === undefined ? 5 : 1);
  });

  it('that leaves its way in as it is needs no consent', async () => {
    await startOrg('jwt-bearer');
    synth();
    await client('jwt-bearer', `apply ${YES} --adopt CI`);
    synth({ runAs: OTHER });
    expect(await client('jwt-bearer', `apply ${YES}`)).toMatchObject({ code: 0 });
    expect(await answered('jwt-bearer')).toBe(MINE);
  });
});
