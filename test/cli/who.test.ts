import type { Emulator } from '../../lib/emulator';
import { writeSeed } from './messy-support';
import { deleteApp, fastOrg, login, project, type Project, switchPkceOff, twoApps } from './support';

let here: Project;
let salesforce: Emulator;
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

async function drifted(permissions: Readonly<Record<string, boolean>> = {}): Promise<void> {
  here = project();
  here.synth(twoApps);
  const row = (display: string, time: string) => {
    const section = 'External Client Apps';
    return { user: 'ann@acme.example', time, action: 'changedExtlClntApp', section, display };
  };
  const auditTrail = [
    row('Changed the external client app Mobile', '2026-11-20T10:00:00Z'),
    row('Changed the external client app Mobile_Sync', '2026-11-20T11:00:00Z'),
  ];
  const org = { users: [{ username: 'ann@acme.example' }], usage: { auditTrail }, deployUser: { permissions } };
  salesforce = await fastOrg({ seedDir: writeSeed(here, new Map([['org.json', JSON.stringify(org)]])) });
  const environment = login(salesforce);
  expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
  await switchPkceOff(salesforce);
  await deleteApp(salesforce, 'Portal');
}

it('drift --who names who changed an app and when, says how sure that is, and not known where the trail is silent', async () => {
  await drifted();
  const { stdout } = await here.run('drift --who', { environment: login(salesforce) });
  expect(stdout).toContain('A row names no field, so that it may be about another change of the app.');
  expect(stdout).toMatch(/^ {4}2026-11-20T10:00:00\S* ann@acme.example: Changed the external client app Mobile$/m);
  expect(stdout).not.toContain('Mobile_Sync');
  expect(stdout).toContain('Portal: not known: no row names it');
});

it('is not evaluated where the trail could not be read', async () => {
  await drifted({ PermissionsViewSetup: false });
  const { stdout } = await here.run('drift --who --json', { environment: login(salesforce) });
  const { attribution } = JSON.parse(stdout) as { attribution: readonly { apps: readonly { state: string }[] }[] };
  expect(attribution.flatMap(({ apps }) => apps.map(({ state }) => state))).toEqual(['not-evaluated', 'not-evaluated']);
});
