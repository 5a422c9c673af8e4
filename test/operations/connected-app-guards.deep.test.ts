import {
  Engine,
  MachineApp,
  type MachineAppProps,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  Scope,
  Username,
} from '../../constructs';
import { observe } from '../../lib/metadata/observe';
import { justification, machineProps } from '../constructs/support';
import { benchWith, hardened, LEGACY, legacyFile, legacyProps, removeSeeds } from './connected-app-support';
import { type Bench, codes, declared, refusal } from './support';

afterAll(removeSeeds);

async function within(
  apps: Readonly<Record<string, string>>,
  body: (salesforce: Bench) => Promise<void>,
  switches: object = {},
): Promise<void> {
  const salesforce = await benchWith(apps, { switches });
  try {
    await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

describe('creating a Connected App', () => {
  it('works where Support allows it and the author says so, and the next plan is empty', async () => {
    await within(
      {},
      async (salesforce) => {
        const manifest = hardened({ creationAllowedBySupport: true }, 'Brand_New');
        const receipt = await salesforce.apply(manifest);
        expect(receipt.apps).toMatchObject([{ action: 'created', consumer_key: expect.any(String) as string }]);
        expect((await salesforce.plan(manifest)).phases).toEqual([]);
      },
      { connectedAppCreation: true },
    );
  });

  it('is Salesforce’s to refuse where the author is mistaken', async () => {
    await within({}, async (salesforce) => {
      const { code, diagnostics } = await refusal(
        salesforce.apply(hardened({ creationAllowedBySupport: true }, 'Brand_New')),
      );
      expect(code).toBe('DEPLOY_FAILED');
      expect(diagnostics[0]?.problem).toContain('create a connected app');
    });
  });
});

describe('an External Client App and a Connected App of one name', () => {
  const external = declared(
    (org) =>
      new PrivateClientApp(org, 'Legacy', { ...legacyProps, platform: Platform.EXTERNAL_CLIENT_APP, adopt: false }),
    { engine: Engine.NULL },
  );

  it('are not made, whichever comes first', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      expect(codes((await salesforce.plan(external)).diagnostics)).toContain('connected-app-of-same-name');
    });
    await within({}, async (salesforce) => {
      await salesforce.apply(external);
      const plan = await salesforce.plan(hardened({ creationAllowedBySupport: true }));
      expect(codes(plan.diagnostics)).toContain('external-client-app-of-same-name');
      expect(plan.apps.find(({ api_name: name }) => name === 'Legacy')?.action).toBe('blocked');
    });
  });

  it('are both read where an org has both', () => {
    const { apps, connectedApps } = observe({
      files: new Map([
        ['connectedApps/Legacy.connectedApp', LEGACY],
        ['externalClientApps/Legacy.eca', '<ExternalClientApplication><label>L</label></ExternalClientApplication>'],
      ]),
      problems: [],
      types: new Set(['ConnectedApp', 'ExternalClientApplication']),
    });
    expect(apps.get('Legacy')?.platform).toBe('external-client-app');
    expect(connectedApps.get('Legacy')).toMatchObject({
      condition: 'present',
      otherComponents: ['ConnectedApp:canvasConfig', 'ConnectedApp:mobileAppConfig', 'ConnectedApp:samlConfig'],
    });
  });
});

describe('who may use a Connected App', () => {
  it('is taken back from everybody listed when users approve it for themselves', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      const profiles = PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'], profiles: ['Standard User'] });
      await salesforce.apply(hardened({ permittedUsers: profiles }));
      expect(await legacyFile(salesforce)).toContain('<profileName>Standard User</profileName>');
      const open = declared(
        (org) => {
          const props = { ...legacyProps, permittedUsers: PermittedUsers.selfAuthorized() };
          org.exempt(new PrivateClientApp(org, 'Legacy', props), 'SFCA-APP-SELF-AUTHORIZED', justification);
        },
        { engine: Engine.NULL },
      );
      await salesforce.apply(open);
      const file = await legacyFile(salesforce);
      expect(file).not.toContain('profileName');
      expect(file).not.toContain('permissionSetName');
      expect((await salesforce.plan(open)).phases).toEqual([]);
    });
  });

  it('must not be nobody, and named permission sets must exist', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      const missing = PermittedUsers.preAuthorized({ permissionSets: ['No_Such_Set'] });
      expect(codes((await salesforce.plan(hardened({ permittedUsers: missing }))).diagnostics)).toContain(
        'permission-set-missing',
      );
      const nobody = PermittedUsers.preAuthorized({ permissionSets: [] });
      expect(codes((await salesforce.plan(hardened({ permittedUsers: nobody }))).diagnostics)).toContain(
        'locks-everyone-out',
      );
    });
  });
});

describe('a machine that is a Connected App', () => {
  const feed = (props: Pick<MachineAppProps, 'certificate' | 'clientCredentials'>) =>
    declared(
      (org) =>
        new MachineApp(org, 'Legacy', {
          label: 'Legacy',
          platform: Platform.CONNECTED_APP,
          adopt: true,
          scopes: [Scope.API],
          permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
          ...props,
        }),
      { engine: Engine.NULL },
    );
  const runAs = (name: string) => ({ clientCredentials: { runAs: Username.of(name), justification } });
  const { certificate } = machineProps;

  it('runs as a user that exists, and keeps its key although it is sent', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      expect(codes((await salesforce.plan(feed(runAs('nobody@acme.example')))).diagnostics)).toContain(
        'run-as-missing',
      );
      await salesforce.apply(feed(runAs('feed@acme.example')));
      const file = await legacyFile(salesforce);
      expect(file).toContain('<oauthClientCredentialUser>feed@acme.example</oauthClientCredentialUser>');
      expect(file).toContain('<consumerKey>LEGACYKEY123456</consumerKey>');
      expect((await salesforce.plan(feed(runAs('feed@acme.example')))).phases).toEqual([]);
    });
  });

  it('gets a certificate, is refused where the code states none, and loses it by name only', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      const receipt = await salesforce.apply(feed({ certificate }));
      expect(codes(receipt.remarks)).toEqual([]);
      expect((await salesforce.plan(feed({ certificate }))).phases).toEqual([]);
      const has = async () => (await legacyFile(salesforce)).includes('<certificate>');
      expect(await has()).toBe(true);
      const { diagnostics } = await refusal(salesforce.apply(feed(runAs('feed@acme.example'))));
      expect(codes(diagnostics)).toContain('certificate-undeclared');
      expect(await has()).toBe(true);
      await salesforce.apply(feed(runAs('feed@acme.example')), { allow_certificate_removal: ['Legacy'] });
      expect(await has()).toBe(false);
      expect((await salesforce.plan(feed(runAs('feed@acme.example')))).phases).toEqual([]);
    });
  });
});

describe('a Connected App that is no longer declared', () => {
  const nothing = declared(() => undefined, { engine: Engine.NULL });

  it('stays, also where everything else is pruned: it could not be made again', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      await salesforce.apply(hardened());
      expect((await salesforce.plan(nothing, { prune: true })).apps).toMatchObject([
        { api_name: 'Legacy', action: 'orphaned' },
      ]);
      await salesforce.apply(nothing, { allow_delete: ['Legacy'] });
      expect((await salesforce.plan(nothing)).apps).toEqual([]);
    });
  });
});

describe('a Connected App that cannot be hardened', () => {
  it('is the one that this very connection logged in through, where its clients would feel it', async () => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      const { org } = salesforce;
      const identity = { ...(await org.identify()), clientId: 'LEGACYKEY123456' };
      const through = Object.assign(Object.create(org) as typeof org, { identify: () => Promise.resolve(identity) });
      const plan = await salesforce.plan(hardened(), {}, { org: through });
      expect(codes(plan.diagnostics)).toContain('self-lockout');
    });
  });

  it('has no OAuth settings', async () => {
    const saml = LEGACY.replace(/<oauthConfig>[\s\S]*<\/oauthPolicy>/, '');
    await within({ Legacy: saml }, async (salesforce) => {
      expect(codes((await salesforce.plan(hardened())).diagnostics)).toContain('connected-app-without-oauth');
    });
  });

  it('belongs to another program', async () => {
    const theirs = LEGACY.replace('Made by hand', 'Managed as code by other/prod');
    await within({ Legacy: theirs }, async (salesforce) => {
      expect(codes((await salesforce.plan(hardened())).diagnostics)).toContain('owned-by-another-manifest');
    });
  });

  it.each([
    ["You do not have the proper permissions to access 'Legacy' of type ConnectedApp: 'Legacy'.", 'app-unreadable'],
    ['Metadata type ConnectedApp is not available to this user', 'connected-apps-unread'],
  ])('could not be read: %s', async (problem, code) => {
    await within({ Legacy: LEGACY }, async (salesforce) => {
      const { org } = salesforce;
      const retrieve: typeof org.retrieve = async (request, options) => {
        const answer = await org.retrieve(request, options);
        const files = new Map([...answer.files].filter(([path]) => !path.startsWith('connectedApps/')));
        return { ...answer, files, problems: [{ fileName: 'unpackaged/package.xml', problem }] };
      };
      const hidden = Object.assign(Object.create(org) as typeof org, { retrieve });
      const { apps, diagnostics } = await salesforce.plan(
        hardened({ creationAllowedBySupport: true }),
        {},
        { org: hidden },
      );
      expect(codes(diagnostics)).toContain(code);
      expect(apps).toMatchObject([{ action: 'blocked' }]);
    });
  });
});
