import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Certificate, Engine, MachineApp, PermittedUsers, Platform, Scope, Username } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { applyPlan } from '../../lib/operations/apply-plan';
import { signAssertion } from '../../lib/org/jwt-assertion';
import type { Consents } from '../../lib/plan/plan';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench, codes, declared, refusal, SEED, TODAY } from './support';

const USER = 'billing.sync@acme.example';
const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const clientCredentials = { runAs: Username.of(USER), justification };
const REMOVES: Partial<Consents> = { allow_certificate_removal: ['Sync'] };

type Store = 'hidden' | 'readable' | 'connected-app';
/** Every place that holds a certificate: an External Client App whose org returns it or not, and a Connected App. */
const STORES: readonly Store[] = ['hidden', 'readable', 'connected-app'];

/** An org with one app, and the one client that signs in to it. */
interface Case {
  readonly salesforce: Bench;
  readonly manifest: (options?: Options) => Manifest;
  /** By the emulator's own state: no reading of ours is asked. */
  readonly held: () => string | undefined;
  /** The status of the token endpoint for a client that signs with the key. */
  readonly jwt: () => Promise<number>;
  /** The last line of the description, in the emulator's own state. */
  readonly line: () => string | undefined;
}

interface Options {
  readonly certificate?: boolean;
  /** Something else of the record that holds the certificate. */
  readonly introspects?: boolean;
  readonly label?: string;
}

type Fields = Readonly<Record<string, unknown>>;
interface Stored {
  readonly fields: Fields;
  readonly consumer?: { readonly key: string };
}
interface State {
  readonly components: Readonly<Record<string, Readonly<Record<string, Stored>>>>;
}

let pair: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  pair = await makeCertificate();
});

async function within(store: Store, test: (given: Case) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-certificates-'));
  const stateFile = join(folder, 'org.json');
  const switches = { certificateReadable: store === 'readable', connectedAppCreation: true };
  const salesforce = await bench({ seedDir: SEED, stateFile, switches });
  const connectedApp = store === 'connected-app';
  const stored = (type: string): Stored => {
    const { components } = JSON.parse(readFileSync(stateFile, 'utf8')) as State;
    const found = Object.entries(components[type] ?? {}).find(([name]) => /^Sync(_glbloauth)?$/.test(name));
    return found?.[1] ?? { fields: {} };
  };
  const manifest = ({ certificate = false, introspects = false, label = 'Sync' }: Options = {}) =>
    declared(
      (org) => {
        const common = {
          label,
          adopt: true,
          // Without it no key signs in, whatever certificate the app has.
          scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
          permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
          ...(introspects && {
            introspectAllTokens: { enabled: true, justification },
          }),
          ...(certificate ? { clientCredentials, certificate: Certificate.fromPem(pair.cert) } : { clientCredentials }),
        };
        if (connectedApp) {
          const platform = Platform.CONNECTED_APP;
          new MachineApp(org, 'Sync', { ...common, platform, creationAllowedBySupport: true });
        } else new MachineApp(org, 'Sync', common);
      },
      { engine: Engine.NULL },
    );
  const consumer = () => stored(connectedApp ? 'ConnectedApp' : 'ExtlClntAppGlobalOauthSettings');
  const config = (): Fields =>
    connectedApp ? ((consumer().fields['oauthConfig'] ?? {}) as Fields) : consumer().fields;
  const jwt = async (): Promise<number> => {
    const assertion = signAssertion({
      clientId: consumer().consumer?.key ?? '',
      username: USER,
      audience: 'https://login.salesforce.com',
      key: createPrivateKey(pair.key),
      now: Date.now(),
    });
    const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const answer = await fetch(`${salesforce.emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: grantType, assertion }),
    });
    return answer.status;
  };
  const held = () => config()['certificate'] as string | undefined;
  const line = () => {
    const { description } = stored(connectedApp ? 'ConnectedApp' : 'ExternalClientApplication').fields;
    return (description as string | undefined)?.split('\n').at(-1);
  };
  try {
    await test({ salesforce, manifest, held, jwt, line });
  } finally {
    await salesforce.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes our line out of the description, so that the app is one that someone made by hand. */
async function asMadeByHand({ salesforce, line }: Case, store: Store): Promise<void> {
  const type = store === 'connected-app' ? 'ConnectedApp' : 'ExternalClientApplication';
  const path = store === 'connected-app' ? 'connectedApps/Sync.connectedApp' : 'externalClientApps/Sync.eca';
  await salesforce.tamper(type, 'Sync', path, /Managed as code by [^<]*/, 'made by hand');
  expect(line()).toBe('made by hand');
}

/** The line that an older version wrote: it did not say that an app has no certificate. */
async function asOlderVersion({ salesforce }: Case): Promise<void> {
  const header = ['ExternalClientApplication', 'Sync', 'externalClientApps/Sync.eca'] as const;
  await salesforce.tamper(...header, /; no certificate|; certificate sha256:[0-9a-f]+/, '');
}

/** What is said of certificates. */
const said = (diagnostics: readonly Diagnostic[]) => codes(diagnostics).filter((code) => code.includes('certificate'));

const errorsOf = async (plan: ReturnType<Bench['plan']>) =>
  codes((await plan).diagnostics.filter(({ severity }) => severity === 'error'));

describe.each(STORES)('a certificate taken out of the code (%s)', (store) => {
  it('is a planned removal that needs its name, is never in sync, and lets its key in until then', async () => {
    await within(store, async ({ salesforce, manifest, held, jwt, line }) => {
      await salesforce.apply(manifest({ certificate: true }));
      expect([held() !== undefined, await jwt()]).toEqual([true, 200]);
      const plan = await salesforce.plan(manifest());
      expect(codes(plan.diagnostics.filter(({ severity }) => severity === 'error'))).toEqual([
        'certificate-undeclared',
      ]);
      expect(plan.apps[0]?.action).toBe('blocked');
      expect(plan.apps[0]?.changes).toContainEqual(
        expect.objectContaining({
          field: store === 'connected-app' ? 'oauthConfig.certificate' : 'certificate',
          after: { state: 'absent' },
          effect: 'narrows',
          impact: expect.objectContaining({ level: 'breaks' }) as unknown,
        }),
      );
      expect((await salesforce.drift(manifest())).in_sync).toBe(false);
      expect(codes((await refusal(salesforce.apply(manifest({ introspects: true })))).diagnostics)).toContain(
        'certificate-undeclared',
      );
      expect([held() !== undefined, await jwt()]).toEqual([true, 200]);

      await salesforce.apply(manifest(), REMOVES);
      expect([held(), await jwt()]).toEqual([undefined, 400]);
      expect(line()).toBe('Managed as code by identity/prod; no certificate');
      const after = await salesforce.plan(manifest());
      expect([after.phases, said(after.diagnostics)]).toEqual([[], []]);
      await salesforce.apply(manifest({ introspects: true }));
      await salesforce.apply(manifest({ certificate: true }));
      expect([held() !== undefined, await jwt()]).toEqual([true, 200]);
    });
  });
});

describe.each(STORES)('an adopted app that has a certificate (%s)', (store) => {
  it.each([false, true])(
    'keeps it through every write until the removal is agreed to (header first: %s)',
    async (first) => {
      await within(store, async (given) => {
        const { salesforce, manifest, held, jwt } = given;
        await salesforce.apply(manifest({ certificate: true }));
        await asMadeByHand(given, store);
        const seen = store === 'hidden' ? 'certificate-would-be-lost' : 'certificate-undeclared';
        if (first && store === 'hidden') {
          await salesforce.apply(manifest({ label: 'Renamed' }));
          expect(said((await salesforce.plan(manifest({ label: 'Renamed' }))).diagnostics)).toEqual([
            'certificate-unknown',
          ]);
        }
        expect(await errorsOf(salesforce.plan(manifest({ introspects: true })))).toEqual([seen]);
        expect([held() !== undefined, await jwt()]).toEqual([true, 200]);
        await salesforce.apply(manifest({ introspects: true }), REMOVES);
        expect([held(), await jwt()]).toEqual([undefined, 400]);
      });
    },
  );

  it('has it on record once it is declared, and then loses it by name only', async () => {
    await within(store, async (given) => {
      const { salesforce, manifest, held, jwt, line } = given;
      await salesforce.apply(manifest({ certificate: true }));
      await asMadeByHand(given, store);
      await salesforce.apply(manifest({ certificate: true }));
      expect(line()).toMatch(/; certificate sha256:[0-9a-f]{64}$/);
      await salesforce.apply(manifest({ certificate: true, introspects: true }));
      expect([held() !== undefined, await jwt()]).toEqual([true, 200]);
      expect(await errorsOf(salesforce.plan(manifest()))).toEqual(['certificate-undeclared']);
    });
  });
});

describe.each(STORES)('an app that never had a certificate (%s)', (store) => {
  it('says so from its creation on, and is written freely', async () => {
    await within(store, async ({ salesforce, manifest, line, held }) => {
      await salesforce.apply(manifest());
      expect(line()).toBe('Managed as code by identity/prod; no certificate');
      await salesforce.apply(manifest({ introspects: true }));
      const plan = await salesforce.plan(manifest({ introspects: true }));
      expect([plan.phases, said(plan.diagnostics), held()]).toEqual([[], [], undefined]);
    });
  });

  it('gets one without a word about a previous one', async () => {
    await within(store, async ({ salesforce, manifest, jwt }) => {
      await salesforce.apply(manifest());
      const plan = await salesforce.plan(manifest({ certificate: true }));
      expect(plan.apps[0]?.changes.find(({ field }) => /ertificate$/.test(field))?.impact).toEqual({ level: 'none' });
      await salesforce.apply(manifest({ certificate: true }));
      expect(await jwt()).toBe(200);
    });
  });
});

describe('an app whose line an older version wrote', () => {
  it.each([true, false])('is settled by name once, whether it has a certificate or not (%s)', async (certificate) => {
    await within('hidden', async (given) => {
      const { salesforce, manifest, line, held } = given;
      await salesforce.apply(manifest({ certificate }));
      await asOlderVersion(given);
      expect(line()).toBe('Managed as code by identity/prod');
      expect(await errorsOf(salesforce.plan(manifest({ introspects: true })))).toEqual(['certificate-would-be-lost']);
      await salesforce.apply(manifest(), REMOVES);
      expect([line(), held()]).toEqual(['Managed as code by identity/prod; no certificate', undefined]);
      await salesforce.apply(manifest({ introspects: true }));
    });
  });
});

describe('a removal that was reviewed', () => {
  it('is refused where the org got another certificate on record meanwhile', async () => {
    await within('readable', async ({ salesforce, manifest, held }) => {
      await salesforce.apply(manifest({ certificate: true }));
      const plan = await salesforce.plan(manifest(), REMOVES);
      const other = (await makeCertificate()).cert.replace(/-----[^-]+-----|\s/g, '');
      const file = 'extlClntAppGlobalOauthSets/Sync_glbloauth.ecaGlblOauth';
      const consumer = ['ExtlClntAppGlobalOauthSettings', 'Sync_glbloauth', file] as const;
      await salesforce.tamper(...consumer, /<certificate>[^<]*/, `<certificate>${other}`);
      const { code } = await refusal(applyPlan({ org: salesforce.org, plan, today: TODAY }));
      expect([code, held()?.replace(/\s/g, '')]).toEqual(['STALE_PLAN', other]);
    });
  });
});
