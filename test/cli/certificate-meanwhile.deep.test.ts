import type { TerraformStack } from 'cdktf';

import { Certificate, MachineApp, PermittedUsers, Platform, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { fingerprintOf } from '../../lib/values/certificate';
import { makeCertificate } from '../emulator/certificate';
import { type Repeated, repeated } from './killed';
import { type Act, leaveAlone, letAdminAct } from './meanwhile';
import { SEED } from './rotation-support';
import { type Ended, org, type Project, project, tamper } from './support';

const USER = 'billing.sync@acme.example';
const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const ROLL = 'apply --auto-approve --allow widens';

/** Every place that holds a certificate: an External Client App whose org returns it or not, and a Connected App. */
type Store = 'readable' | 'hidden' | 'connected-app';
const RECORDS = {
  eca: {
    ...{ type: 'ExtlClntAppGlobalOauthSettings', name: 'Sync_glbloauth' },
    path: 'extlClntAppGlobalOauthSets/Sync_glbloauth.ecaGlblOauth',
  },
  connectedApp: { type: 'ConnectedApp', name: 'Sync', path: 'connectedApps/Sync.connectedApp' },
};

type Pem = string;
const bare = (pem: Pem): string => pem.replace(/-----[^-]+-----|\s/g, '');
let former: Pem;
let next: Pem;
/** What the administrator puts in their place. */
let own: Pem;
beforeAll(async () => {
  const made = await Promise.all([makeCertificate(), makeCertificate(), makeCertificate()]);
  [former = '', next = '', own = ''] = made.map(({ cert }) => cert);
});

function synth(here: Project, store: Store, pem: Pem): void {
  here.synth((stack: TerraformStack) => {
    const common = {
      label: 'Sync',
      scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
      clientCredentials: { runAs: Username.of(USER), justification },
      certificate: Certificate.fromPem(pem),
    };
    if (store !== 'connected-app') return new MachineApp(org(stack), 'Sync', common);
    const platform = { platform: Platform.CONNECTED_APP, creationAllowedBySupport: true } as const;
    return new MachineApp(org(stack), 'Sync', { ...common, ...platform });
  });
}

describe.each(['readable', 'hidden', 'connected-app'] as const)(
  'an administrator replaces the certificate of an app (%s)',
  (store) => {
    let world: Repeated;
    let operations: readonly string[];
    beforeAll(async () => {
      const here = project();
      synth(here, store, former);
      const switches = { certificateReadable: store === 'readable', connectedAppCreation: true };
      world = await repeated(here, { seedDir: SEED, switches });
      expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
      synth(here, store, next);
      expect(await world.run('plan --out plan.json')).toMatchObject({ code: 0 });
      world.keep();
      const sent = world.salesforce().calls().length;
      expect(await world.run('apply plan.json')).toMatchObject({ code: 0 });
      operations = world
        .salesforce()
        .calls()
        .slice(sent)
        .map(({ operation }) => operation);
    }, 240_000);
    beforeEach(() => world.putBack());
    afterAll(() => world.close());

    const replace: Act = (salesforce: Emulator) =>
      tamper(
        salesforce,
        store === 'connected-app' ? RECORDS.connectedApp : RECORDS.eca,
        /<certificate>[^<]*<\/certificate>|(?=<consumerKey>)/,
        `<certificate>${bare(own)}</certificate>`,
      );
    /** By the emulator's own state: no reading of ours is asked. */
    const holds = (pem: Pem): boolean =>
      world
        .state()
        .replace(/\\n|\s/g, '')
        .includes(bare(pem));
    const shortOf = (pem: Pem): string => (fingerprintOf(bare(pem)) ?? '').slice(0, 12);
    /** While the command waits for the answer to the last request of that kind. */
    async function during(command: string, operation: string): Promise<Ended> {
      const request = operations.lastIndexOf(operation) + 1;
      const happened = letAdminAct(world.salesforce(), { request, act: replace });
      const ended = await world.run(command);
      leaveAlone(world.salesforce());
      expect(happened()).toBe(true);
      return ended;
    }

    if (store === 'hidden') {
      it('which the org does not show: the plan says that it compares what the code wrote, not what the org has', async () => {
        expect(await world.run(ROLL)).toMatchObject({ code: 0 });
        await replace(world.salesforce());
        const { code, stdout } = await world.run('plan');
        expect([code, stdout]).toEqual([0, expect.stringMatching(/Not compared with the org[^]*certificate/)]);
        // To send it again is one option.
        expect(await world.run('apply --auto-approve --resend-certificates')).toMatchObject({ code: 0 });
        expect([holds(next), holds(own)]).toEqual([true, false]);
      });
    } else {
      it('is compared as it is, and --resend-certificates has nothing to send', async () => {
        expect(await world.run(ROLL)).toMatchObject({ code: 0 });
        const before = world.state();
        const sent = world.salesforce().calls().length;
        const again = await world.run('apply --auto-approve --resend-certificates');
        expect([again.code, world.state()]).toEqual([0, before]);
        const deploys = world.salesforce().calls().slice(sent);
        expect(deploys.filter(({ operation }) => operation === 'deploy')).toEqual([]);
        await replace(world.salesforce());
        expect(await world.run(ROLL)).toMatchObject({ code: 0 });
        expect([holds(next), holds(own)]).toEqual([true, false]);
      });
      it('between plan and apply: refused, and the new one stays', async () => {
        await replace(world.salesforce());
        const { code, stderr } = await world.run('apply plan.json');
        expect([code, stderr]).toEqual([4, expect.stringContaining('the org changed after the plan was made')]);
        // Told by what tells two certificates apart: their bytes begin alike.
        for (const pem of [former, own]) expect(stderr).toContain(shortOf(pem));
        expect(stderr).not.toContain(bare(own).slice(0, 40));
        expect(holds(own)).toBe(true);
      });

      it('between deploy and read back: not called done, and the next plan shows it', async () => {
        const { code, stdout, stderr } = await during('apply plan.json', 'checkDeployStatus');
        expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('[read-back-differs]')]);
        expect(stdout + stderr).toContain('certificate');
        expect(holds(own)).toBe(true);
        for (const look of ['plan', 'drift']) {
          const said = (await world.run(look)).stdout;
          for (const pem of [next, own]) expect(said).toContain(shortOf(pem));
        }
        expect(await world.run(ROLL)).toMatchObject({ code: 0 });
        expect([holds(next), holds(own)]).toEqual([true, false]);
      });
    }

    it('before a stop and a start: it stays', async () => {
      await replace(world.salesforce());
      expect(await world.run('stop Sync')).toMatchObject({ code: 0 });
      expect(holds(own)).toBe(true);
      expect(await world.run('start Sync --auto-approve')).toMatchObject({ code: 0 });
      expect(holds(own)).toBe(true);
    });

    if (store === 'connected-app') return;
    it.each(['stage', 'deploy', 'token', 'rotate'])('during a rotation, at its first %s: it stays', async (moment) => {
      let acted = 0;
      world.salesforce().watch({
        before: async ({ operation }) => {
          if (operation !== moment || acted++ > 0) return;
          await replace(world.salesforce());
        },
      });
      const ended = await world.run(
        `rotate Sync --to-file ${world.here.path('sync.json')} --auto-approve --open-secret-access`,
      );
      leaveAlone(world.salesforce());
      expect([acted > 0, ended.code, ended.stderr]).toEqual([true, 0, expect.any(String)]);
      expect(holds(own)).toBe(true);
    });
  },
);
