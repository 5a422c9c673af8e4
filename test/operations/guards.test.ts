import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  type SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';
import { applyPlan } from '../../lib/operations/apply-plan';
import { driftText } from '../../lib/reports/drift/text';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { planText } from '../../lib/reports/plan/text';
import { type Bench, bench, callback, codes, declared, refusal, SEED, TODAY, twoApps } from './support';

const CERTIFICATE = join(__dirname, '../../examples/quickstart/certs/billing-sync.crt');

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench({ seedDir: SEED });
});
afterEach(() => salesforce.close());

const mobile =
  (apiName: string, more: { readonly adopt?: boolean; readonly label?: string } = {}) =>
  (org: SalesforceOrg): void => {
    new PublicClientApp(org, apiName, {
      label: apiName,
      callbackUrls: ['mobile://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      ...more,
    });
  };

const errors = async (planning: ReturnType<Bench['plan']>): Promise<string[]> =>
  codes((await planning).diagnostics.filter(({ severity }) => severity === 'error'));

describe('apps made by hand', () => {
  it('are counted as unmanaged and left alone', async () => {
    const before = await salesforce.file('ExternalClientApplication', 'Reporting', 'externalClientApps/Reporting.eca');
    const receipt = await salesforce.apply(declared(mobile('Mobile')));
    expect(receipt.apps).toHaveLength(1);
    const plan = await salesforce.plan(declared(mobile('Mobile')));
    expect(plan.unmanaged).toEqual([
      'ConnectedApp:Data_Loader_Nightly',
      'ExternalClientApplication:Legacy_Portal',
      'ExternalClientApplication:Reporting',
    ]);
    const after = await salesforce.file('ExternalClientApplication', 'Reporting', 'externalClientApps/Reporting.eca');
    expect(after).toBe(before);
  });

  it('are not touched under a declared name without adoption', async () => {
    const manifest = declared(mobile('Legacy_Portal'));
    expect(await errors(salesforce.plan(manifest))).toContain('adoption-needed');
    expect((await refusal(salesforce.apply(manifest))).code).toBe('REFUSED');
  });

  it('are adopted when asked for, under the names their records really have, keeping what the code does not state', async () => {
    await salesforce.tamper(
      'ExternalClientApplication',
      'Legacy_Portal',
      'externalClientApps/Legacy_Portal.eca',
      /<contactEmail>/,
      '<contactPhone>+49 30 1234</contactPhone><contactEmail>',
    );
    const manifest = declared(mobile('Legacy_Portal', { adopt: true }));
    const plan = await salesforce.plan(manifest, { allow_certificate_removal: ['Legacy_Portal'] });
    const app = plan.apps[0];
    expect(app).toMatchObject({ action: 'update', adopts: true });
    expect(app?.names['ExtlClntAppOauthConfigurablePolicies']).toBe('Legacy_Portal_oauth_defaultPolicy');
    expect(app?.kept.map(({ field }) => field)).toContain('contactPhone');
    await applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } });
    const header = await salesforce.file(
      'ExternalClientApplication',
      'Legacy_Portal',
      'externalClientApps/Legacy_Portal.eca',
    );
    expect(header).toContain('+49 30 1234');
    expect(header).toContain('Managed as code by identity/prod');
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });

  it('may have a certificate nobody can read, and then nothing is written that would remove it', async () => {
    const manifest = declared(mobile('Legacy_Portal', { adopt: true }));
    expect(await errors(salesforce.plan(manifest))).toEqual(['certificate-would-be-lost']);
  });

  it('block a declaration of the name of a Connected App', async () => {
    expect(await errors(salesforce.plan(declared(mobile('Data_Loader_Nightly'))))).toEqual([
      'connected-app-of-same-name',
    ]);
  });

  it('belong to the manifest in their ownership line', async () => {
    await salesforce.apply(declared(mobile('Mobile')));
    const other = { ...declared(mobile('Mobile')), id: 'other/prod' };
    expect(await errors(salesforce.plan(other))).toEqual(['owned-by-another-manifest']);
  });
});

describe('an emergency stop', () => {
  it('survives every apply until the app is re-enabled by name', async () => {
    const manifest = declared(mobile('Mobile'));
    await salesforce.apply(manifest);
    const policies = 'extlClntAppPolicies/Mobile_plcy.ecaPlcy';
    const type = 'ExtlClntAppConfigurablePolicies';
    await salesforce.tamper(type, 'Mobile_plcy', policies, /(<isEnabled>)true/, '$1false');
    const renamed = declared(mobile('Mobile', { label: 'Renamed' }));
    await salesforce.apply(renamed);
    expect(await salesforce.file(type, 'Mobile_plcy', policies)).toContain('<isEnabled>false</isEnabled>');
    const drift = await salesforce.drift(renamed);
    expect(drift).toMatchObject({ in_sync: false, plan: { apps: [{ stopped: true, changes: [] }] } });
    await salesforce.apply(renamed, { re_enable: ['Mobile'] });
    expect(await salesforce.file(type, 'Mobile_plcy', policies)).toContain('<isEnabled>true</isEnabled>');
  });
});

describe('a removed declaration', () => {
  it('leaves the app in the org, and deletes it only when asked by name', async () => {
    await salesforce.apply(declared((org) => [mobile('Mobile'), mobile('Other')].forEach((declare) => declare(org))));
    const rest = declared(mobile('Mobile'));
    const plan = await salesforce.plan(rest);
    expect(plan.apps.map(({ api_name: name, action }) => [name, action])).toEqual([
      ['Mobile', 'none'],
      ['Other', 'orphaned'],
    ]);
    expect(plan.phases).toEqual([]);
    expect((await salesforce.apply(rest, { allow_delete: ['Legacy_Portal'] })).apps).toHaveLength(1);
    const receipt = await salesforce.apply(rest, { allow_delete: ['Other'] });
    expect(receipt.apps).toMatchObject([{ action: 'unchanged' }, { api_name: 'Other', action: 'deleted' }]);
    expect((await salesforce.plan(rest)).apps).toHaveLength(1);
  });

  it('is no license to prune apps made by hand', async () => {
    await salesforce.apply(declared(mobile('Mobile')), { prune: true });
    expect((await salesforce.plan(declared(mobile('Mobile')))).unmanaged).toHaveLength(3);
  });
});

describe('an app that was deleted in the org', () => {
  it('is not silently created anew with another consumer key', async () => {
    const manifest = declared(mobile('Mobile'));
    const receipt = await salesforce.apply(manifest);
    await salesforce.apply(declared(mobile('Other')), { prune: true });
    expect(await errors(salesforce.plan(manifest, {}, { receipt }))).toEqual(['deleted-in-org']);
    expect(await errors(salesforce.plan(manifest, { allow_recreate: ['Mobile'] }, { receipt }))).toEqual([]);
    expect(await errors(salesforce.plan(manifest))).toEqual([]);
  });
});

describe('a reviewed plan', () => {
  it('is refused when a touched field moved since', async () => {
    const manifest = declared(mobile('Mobile'));
    await salesforce.apply(manifest);
    const consumer = 'extlClntAppGlobalOauthSets/Mobile_glbloauth.ecaGlblOauth';
    const type = 'ExtlClntAppGlobalOauthSettings';
    await salesforce.tamper(type, 'Mobile_glbloauth', consumer, /mobile:\/\/oauth/, 'mobile://evil');
    const plan = await salesforce.plan(manifest);
    await salesforce.tamper(type, 'Mobile_glbloauth', consumer, /mobile:\/\/evil/, 'mobile://worse');
    const { code, diagnostics } = await refusal(
      applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } }),
    );
    expect(code).toBe('STALE_PLAN');
    expect(diagnostics[0]).toMatchObject({ code: 'plan-stale', field: `${type}.callbackUrl` });
  });

  it('is refused in another org', async () => {
    const plan = await salesforce.plan(declared(mobile('Mobile')));
    const other = await bench({ seedDir: SEED });
    try {
      const { code } = await refusal(
        applyPlan({ org: other.org, plan: { ...plan, org_id: '00D000000000001EAA' }, today: TODAY }),
      );
      expect(code).toBe('STALE_PLAN');
    } finally {
      await other.close();
    }
  });

  it('says in one line that an app it would create exists by now', async () => {
    const plan = await salesforce.plan(declared(mobile('Mobile')));
    await salesforce.apply(declared(mobile('Mobile')));
    const { diagnostics } = await refusal(
      applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } }),
    );
    expect(diagnostics).toMatchObject([{ code: 'plan-stale', field: 'Mobile' }]);
  });

  it('still holds when only fields that the code does not manage moved', async () => {
    const manifest = declared(mobile('Mobile'));
    await salesforce.apply(manifest);
    const plan = await salesforce.plan(declared(mobile('Mobile', { label: 'Renamed' })));
    await salesforce.tamper(
      'ExternalClientApplication',
      'Mobile',
      'externalClientApps/Mobile.eca',
      /<contactEmail>/,
      '<infoUrl>https://acme.example</infoUrl><contactEmail>',
    );
    await applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } });
    const header = await salesforce.file('ExternalClientApplication', 'Mobile', 'externalClientApps/Mobile.eca');
    expect(header).toContain('https://acme.example');
    expect(header).toContain('Renamed');
  });
});

describe('prerequisites in the live org', () => {
  it('a wrong org id stops before anything is read', async () => {
    const manifest = declared(mobile('Mobile'), { orgId: '00D000000000009' });
    const { diagnostics } = await refusal(salesforce.plan(manifest));
    expect(codes(diagnostics)).toEqual(['wrong-org']);
    expect(salesforce.emulator.calls().some(({ operation }) => /retrieve/i.test(operation))).toBe(false);
  });

  it('headless login needs the org switch, also when the code only assumes it', async () => {
    const manifest = declared((org) => {
      org.assumes({ codeAndCredentialsFlow: true });
      new PrivateClientApp(org, 'Portal', {
        label: 'Portal',
        callbackUrls: callback,
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
        codeAndCredentials: {},
      });
    });
    expect(await errors(salesforce.plan(manifest))).toEqual(['assumption-wrong', 'org-switch-off']);
  });

  it('permission sets and run-as users must exist', async () => {
    const manifest = declared((org) => {
      new MachineApp(org, 'Sync', {
        label: 'Sync',
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['No_Such_Set'] }),
        clientCredentials: {
          runAs: Username.of('nobody@acme.example'),
          justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
        },
      });
    });
    expect((await errors(salesforce.plan(manifest))).sort()).toEqual(['permission-set-missing', 'run-as-missing']);
  });

  it('a justification that ended since synth blocks its app, and the others go on without it', async () => {
    const manifest = declared((org) => {
      mobile('Mobile')(org);
      new PrivateClientApp(org, 'Portal', {
        label: 'Portal',
        callbackUrls: callback,
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
        pkce: { required: false, justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2026-12-01' } },
      });
    });
    const later = { today: '2026-12-02' };
    expect(await errors(salesforce.plan(manifest, {}, later))).toEqual(['justification-expired']);
    const receipt = await salesforce.apply(manifest, { except: ['Portal'] }, later);
    expect(receipt.apps.map(({ api_name: name, action }) => [name, action])).toEqual([
      ['Mobile', 'created'],
      ['Portal', 'skipped'],
    ]);
  });
});

describe('who may use an app', () => {
  const preAuthorized = (permissionSet: string) => (org: SalesforceOrg) => {
    new PublicClientApp(org, 'Mobile', {
      label: 'Mobile',
      callbackUrls: ['mobile://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [permissionSet] }),
    });
  };

  it('is not narrowed to people of whom there are none', async () => {
    const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
    writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ permissionSets: [{ name: 'Nobody_Yet', holders: 0 }] }));
    const org = await bench({ seedDir });
    try {
      const fresh = await org.plan(declared(preAuthorized('Nobody_Yet')));
      expect(fresh.apps[0]?.action).toBe('create');
      expect(codes(fresh.diagnostics)).toContain('no-permitted-user');
      await org.apply(declared(mobile('Mobile')));
      expect(await errors(org.plan(declared(preAuthorized('Nobody_Yet'))))).toEqual(['locks-everyone-out']);
    } finally {
      await org.close();
      rmSync(seedDir, { recursive: true });
    }
  });

  it('never includes cutting off the app this very connection came through', async () => {
    const receipt = await salesforce.apply(declared(mobile('Mobile')));
    const org = Object.create(salesforce.org) as typeof salesforce.org;
    const clientId = receipt.apps[0]?.consumer_key ?? '';
    org.identify = async (options) => ({ ...(await salesforce.org.identify(options)), clientId });
    const narrowed = declared(preAuthorized('Partner_Portal_Access'));
    expect(await errors(salesforce.plan(narrowed, {}, { org }))).toEqual(['self-lockout']);
    const harmless = await salesforce.plan(declared(mobile('Mobile', { label: 'Renamed' })), {}, { org });
    expect(harmless.apps[0]?.action).toBe('update');
    expect(codes(harmless.diagnostics)).not.toContain('own-app-unknown');
  });
});

describe('a field that Salesforce forces', () => {
  it('is warned about and never fought', async () => {
    const org = await bench({ profile: 'mid-2026' });
    try {
      const manifest = declared((prod) => {
        new PrivateClientApp(prod, 'Portal', {
          label: 'Portal',
          callbackUrls: callback,
          scopes: [Scope.API],
          permittedUsers: PermittedUsers.selfAuthorized(),
          pkce: {
            required: false,
            justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
          },
        });
      });
      const receipt = await org.apply(manifest);
      expect(receipt.remarks.map(({ code, severity }) => [code, severity])).toEqual([['server-wins', 'warning']]);
      const plan = await org.plan(manifest);
      expect(plan.phases).toEqual([]);
      expect(codes(plan.diagnostics)).toContain('server-wins');
      const document = { format_version: '', orgs: [plan] };
      for (const text of [planText(document), planMarkdown(document), driftText([plan])]) {
        expect(text).not.toMatch(/in sync|no field differs|no changes/i);
      }
      expect(planText(document)).toContain('Not as declared, because Salesforce forces a field (1): Portal');
      expect(driftText([plan])).toContain('1 field differs, 1 of them forced by Salesforce');
      expect((await org.drift(manifest)).in_sync).toBe(false);
    } finally {
      await org.close();
    }
  });
});

describe('certificates', () => {
  const machine = (certificate: Certificate) => (org: SalesforceOrg) => {
    new MachineApp(org, 'Sync', {
      label: 'Sync',
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
      certificate,
    });
  };
  const first = Certificate.fromFile(CERTIFICATE);

  it.each([true, false])('leave an empty plan behind, returned by the org or not (%s)', async (certificateReadable) => {
    const org = await bench({ seedDir: SEED, switches: { certificateReadable } });
    try {
      await org.apply(declared(machine(first)));
      expect((await org.plan(declared(machine(first)))).phases).toEqual([]);
    } finally {
      await org.close();
    }
  });

  it('travel with every write of the consumer record, so that none is removed', async () => {
    const org = await bench({ seedDir: SEED, switches: { certificateReadable: true } });
    try {
      await org.apply(declared(machine(first)));
      const consumer = 'extlClntAppGlobalOauthSets/Sync_glbloauth.ecaGlblOauth';
      await org.tamper(
        'ExtlClntAppGlobalOauthSettings',
        'Sync_glbloauth',
        consumer,
        /(<isPkceRequired>)true/,
        '$1false',
      );
      await org.apply(declared(machine(first)));
      const body = readFileSync(CERTIFICATE, 'utf8').replace(/-----[A-Z ]+-----|\s/g, '');
      expect(
        (await org.file('ExtlClntAppGlobalOauthSettings', 'Sync_glbloauth', consumer)).replace(/\s/g, ''),
      ).toContain(body);
    } finally {
      await org.close();
    }
  });

  it('are sent again when asked, although nothing differs', async () => {
    await salesforce.apply(declared(machine(first)));
    const plan = await salesforce.plan(declared(machine(first)), { resend_certificates: true });
    expect(plan.apps[0]?.changes).toMatchObject([{ field: 'certificate', effect: 'neutral' }]);
  });

  it('that end soon are warned about', async () => {
    const late = { today: '2028-12-15' };
    const plan = await salesforce.plan(declared(machine(first)), {}, late);
    expect(codes(plan.diagnostics)).toContain('certificate-expires-soon');
    expect(plan.apps[0]?.action).toBe('create');
  });

  it('that the code no longer declares are not removed without consent', async () => {
    await salesforce.apply(declared(machine(first)));
    const without = declared((org) => {
      new MachineApp(org, 'Sync', {
        label: 'Sync',
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
        clientCredentials: {
          runAs: Username.of('billing.sync@acme.example'),
          justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
        },
      });
    });
    expect(await errors(salesforce.plan(without))).toEqual(['certificate-undeclared']);
    await salesforce.apply(without, { allow_certificate_removal: ['Sync'] });
    const header = await salesforce.file('ExternalClientApplication', 'Sync', 'externalClientApps/Sync.eca');
    expect(header).not.toContain('certificate sha256');
  });
});

describe('a deploy that fails', () => {
  it('leaves the org as it was, puts the opened settings back, and names the construct beside Salesforce’s words', async () => {
    const settings = (): Promise<string> => salesforce.file('Settings', 'OauthOidc', 'settings/OauthOidc.settings');
    const before = await settings();
    const fault = {
      kind: 'deploy-fails',
      type: 'ExtlClntAppOauthSettings',
      fullName: 'Portal_oauth',
      problem: 'Not today.',
    } as const;
    // The first deploy opens the org settings and holds no such component; the second is the one that fails.
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault, 2);
    const { code, diagnostics } = await refusal(salesforce.apply(declared(twoApps)));
    expect(code).toBe('DEPLOY_FAILED');
    const cause = diagnostics.find(({ path }) => path === 'identity/prod/Portal');
    expect(cause?.problem).toContain('Not today.');
    expect(codes(diagnostics)).toContain('settings-put-back');
    expect(await settings()).toBe(before);
    expect((await salesforce.plan(declared(twoApps))).apps.map(({ action }) => action)).toEqual(['create', 'create']);
  });
});

describe('a failure after the apps were written', () => {
  const manifest = declared((org) => {
    org.oauthSettings({ requirePkce: true });
    mobile('Mobile')(org);
  });

  it('in the org settings that tighten: the receipt has the keys and says what is left', async () => {
    const fault = { kind: 'deploy-fails', fullName: 'OauthOidc', problem: 'Busy.' } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault, 2);
    const receipt = await salesforce.apply(manifest);
    expect(receipt.apps).toMatchObject([{ action: 'created', consumer_key: expect.stringMatching(/^3MVG9/) }]);
    expect(receipt.remarks.map(({ code, severity }) => [code, severity])).toContainEqual(['deploy-failed', 'error']);
    expect((await salesforce.plan(manifest)).phases).toHaveLength(1);
  });

  it('in the read-back: what was deployed is recorded all the same', async () => {
    const plan = await salesforce.plan(manifest);
    const org = Object.create(salesforce.org) as typeof salesforce.org;
    let deployed = false;
    org.deploy = async (...given) => {
      const outcome = await salesforce.org.deploy(...given);
      if (!deployed) salesforce.emulator.faults.failNext({ operation: 'retrieve' }, { kind: 'html' }, 20);
      deployed = true;
      return outcome;
    };
    const receipt = await applyPlan({ org, plan, today: TODAY, approval: { reviewed: true } });
    expect(receipt.apps).toMatchObject([{ api_name: 'Mobile', action: 'created' }]);
    expect(codes(receipt.remarks)).toContain('not-read-back');
  });
});

describe('an answer that cannot be trusted', () => {
  const manifest = declared(mobile('Mobile'));

  it.each([
    [{ operation: 'checkRetrieveStatus' }, { kind: 'truncated-zip' }],
    [{ operation: 'retrieve' }, { kind: 'empty-body' }],
    [{ operation: 'retrieve' }, { kind: 'html' }],
    [{ operation: 'describeMetadata' }, { kind: 'empty-body' }],
    [{ operation: 'retrieve' }, { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no' }],
    [{ operation: 'retrieve' }, { kind: 'invalid-session' }],
  ] as const)('%j answering %j never becomes a plan to create', async (match, fault) => {
    await salesforce.apply(manifest);
    salesforce.emulator.faults.failNext(match, fault, 20);
    await expect(salesforce.plan(manifest)).rejects.toMatchObject({ name: 'OrgError' });
  });

  it('about one component blocks that app and no other', async () => {
    await salesforce.apply(declared((org) => [mobile('Mobile'), mobile('Other')].forEach((declare) => declare(org))));
    const both = declared((org) => [mobile('Mobile'), mobile('Other')].forEach((declare) => declare(org)));
    const fault = { kind: 'unreadable', type: 'ExtlClntAppGlobalOauthSettings', fullName: 'Mobile_glbloauth' } as const;
    salesforce.emulator.faults.failNext({ operation: 'retrieve' }, fault, 5);
    const plan = await salesforce.plan(both);
    expect(plan.apps.map(({ api_name: name, action }) => [name, action])).toEqual([
      ['Mobile', 'blocked'],
      ['Other', 'none'],
    ]);
    expect(codes(plan.diagnostics)).toContain('app-unreadable');
  });
});
