import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MachineApp, PermittedUsers, type SalesforceOrg, Scope, Username } from '../../constructs';
import { startEmulator } from '../../lib/emulator';
import { portal } from '../cli/support';
import { SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

const KEY = ['-----BEGIN PRIVATE KEY-----', 'PLANTEDJWTKEYNOTBASE64', '-----END PRIVATE KEY-----'].join('\n');
const PLANTED = ['PLANTEDACCESSTOKEN', 'PLANTEDCLIENTSECRET', 'PLANTEDJWTKEYNOTBASE64'];
const EXPOSED = `<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata">
  <enableConsumerSecretApiAccess>true</enableConsumerSecretApiAccess>
</ExternalClientAppSettings>`;

const declared = (org: SalesforceOrg, label: string): unknown => [
  portal(org),
  new MachineApp(org, 'Feed', {
    label,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    clientCredentials: {
      runAs: Username.of('billing.sync@acme.example'),
      justification: { reason: 'It cannot sign', approvedBy: 'sec@acme.example', expires: '2027-06-30' },
    },
  }),
];

/** In an org that returns consumer secrets in every retrieve. */
describeTerraformDeep('secrets under the null engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  const said: string[] = [];
  let here: NullProject;
  beforeAll(async () => {
    cpSync(SEED, join(folder, 'seed'), { recursive: true });
    mkdirSync(join(folder, 'seed/settings'));
    writeFileSync(join(folder, 'seed/settings/ExternalClientApp.settings'), EXPOSED);
    here = nullProject(await startEmulator({ seedDir: join(folder, 'seed'), stateFile: join(folder, 'org.json') }));
    here.synth((org) => declared(org, 'Feed'));
    await here.run('init', '-input=false');
  });
  afterAll(async () => {
    await here.emulator.close();
    here.remove();
    rmSync(folder, { recursive: true });
  });

  const apply = async (credentials: Readonly<Record<string, string>>): Promise<number | null> => {
    const { status, output } = await here.runAs(credentials, 'apply', '-input=false', '-auto-approve');
    said.push(output);
    return status;
  };
  const token = (): string => here.emulator.accessToken;
  /** Consumer secrets, as the emulated org keeps them. */
  const consumerSecrets = (): readonly string[] => {
    const found: string[] = [];
    JSON.parse(readFileSync(join(folder, 'org.json'), 'utf8'), (key, value: unknown) => {
      if (key === 'secret' && typeof value === 'string') found.push(value);
      return value;
    });
    return found;
  };

  it('are in no output of a command that cannot log in, whatever it was given', async () => {
    const url = here.emulator.url;
    expect(await apply({ SF_ACCESS_TOKEN: `00D!${PLANTED[0] ?? ''}`, SF_INSTANCE_URL: url })).toBe(1);
    expect(await apply({ SF_CLIENT_ID: '3MVG9unknown', SF_CLIENT_SECRET: PLANTED[1] ?? '', SF_LOGIN_URL: url })).toBe(
      1,
    );
    expect(await apply({ SF_CLIENT_ID: '3MVG9unknown', SF_USERNAME: 'ci@acme.example', SF_JWT_KEY: KEY })).toBe(1);
    for (const output of said) expect(output).toContain('exit status 5');
  });

  it('are in no output of a command whose deploy fails', async () => {
    here.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Feed' });
    expect(await apply({ SF_ACCESS_TOKEN: token(), SF_INSTANCE_URL: here.emulator.url })).toBe(1);
    expect(said.at(-1)).toContain('Feed');
    expect(await apply({ SF_ACCESS_TOKEN: token(), SF_INSTANCE_URL: here.emulator.url })).toBe(0);
  });

  it('are in no plan, state, trigger, environment of a provisioner, receipt or report', async () => {
    await here.command('drift');
    here.synth((org) => declared(org, 'Renamed'));
    expect(await here.plan('-out=plan.bin')).toMatchObject({ status: 2 });
    const shown = await Promise.all([here.run('show', '-json', 'plan.bin'), here.run('state', 'pull')]);
    said.push(...shown.map(({ output }) => output));
    expect(consumerSecrets().length).toBeGreaterThanOrEqual(2);
    const texts = [...said, ...here.texts()];
    expect(texts.some((text) => text.includes('Feed: created'))).toBe(true);
    for (const secret of [...PLANTED, token(), ...consumerSecrets()]) {
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
