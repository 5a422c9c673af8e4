import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { PermittedUsers, PublicClientApp, Scope } from '../../constructs';
import { applyPlan } from '../../lib/operations/apply-plan';
import { stopApp } from '../../lib/operations/stop-app';
import { type Bench, bench, codes, declared, refusal, TODAY } from './support';

const OAUTH = 'ExtlClntAppOauthConfigurablePolicies';
const GENERAL = 'ExtlClntAppConfigurablePolicies';

const manifest = declared((org) => {
  new PublicClientApp(org, 'Legacy', {
    label: 'Legacy',
    adopt: true,
    callbackUrls: ['legacy://oauth'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
});

/** Nobody can read whether an app made by hand has a certificate. */
const consents = { allow_certificate_removal: ['Legacy'] };

const made: string[] = [];
let salesforce: Bench;
afterEach(async () => {
  await salesforce.close();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * An org with an app whose policies Salesforce named, under names that no list tells and that another app's records keep
 * from being the usual ones. `own` are policies that the app has under names that a list does tell.
 */
async function seeded(own: Readonly<Record<string, string>> = {}): Promise<void> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  made.push(seedDir);
  const put = (path: string, type: string, fields: string): void => {
    mkdirSync(dirname(join(seedDir, path)), { recursive: true });
    const text = `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${fields}</${type}>`;
    writeFileSync(join(seedDir, path), text);
  };
  const of = (app: string): string => `<externalClientApplication>${app}</externalClientApplication>`;
  for (const app of ['Legacy', 'Other']) {
    const header = `<contactEmail>a@acme.example</contactEmail><distributionState>Local</distributionState><label>${app}</label>`;
    put(`externalClientApps/${app}.eca`, 'ExternalClientApplication', header);
    put(
      `extlClntAppGlobalOauthSets/${app}_glbloauth.ecaGlblOauth`,
      'ExtlClntAppGlobalOauthSettings',
      `${of(app)}<callbackUrl>legacy://oauth</callbackUrl>`,
    );
    put(
      `extlClntAppOauthSettings/${app}_oauth.ecaOauth`,
      'ExtlClntAppOauthSettings',
      `${of(app)}<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>`,
    );
  }
  put('extlClntAppOauthPolicies/Legacy_oauth_defaultPolicy.ecaOauthPlcy', OAUTH, of('Other'));
  put('extlClntAppPolicies/Legacy_defaultPolicy.ecaPlcy', GENERAL, `${of('Other')}<isEnabled>true</isEnabled>`);
  for (const [path, fields] of Object.entries(own)) {
    put(path, path.endsWith('ecaOauthPlcy') ? OAUTH : GENERAL, of('Legacy') + fields);
  }
  salesforce = await bench({ seedDir, switches: { automaticPoliciesRetrieved: false } });
}

/** Makes the next deploys impossible, as for a user who may only read. */
function forbid(times: number): void {
  salesforce.emulator.faults.failNext(
    { operation: 'deploy' },
    { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'not for you', status: 403 },
    times,
  );
}

describe('an app whose policies no list names', () => {
  it('is planned with the values that they have, under the names that they have', async () => {
    await seeded();
    const plan = await salesforce.plan(manifest);
    const [app] = plan.apps;
    expect(app?.names).toMatchObject({ [OAUTH]: 'Legacy_oauth_defaultPolicy1', [GENERAL]: 'Legacy_defaultPolicy1' });
    expect(app?.changes.find(({ field }) => field === 'refreshTokenValidityPeriod')).toMatchObject({
      full_name: 'Legacy_oauth_defaultPolicy1',
      before: { state: 'value', value: 365 },
    });
    expect(app?.changes.some(({ type }) => type === GENERAL)).toBe(false);
  });

  it('is applied as planned, and the second plan is empty', async () => {
    await seeded();
    const receipt = await salesforce.apply(manifest, consents);
    expect(receipt.remarks).toEqual([]);
    expect(receipt.apps[0]).toMatchObject({ action: 'updated', names: { [OAUTH]: 'Legacy_oauth_defaultPolicy1' } });
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });

  it('is stopped in an emergency, which changes nothing else', async () => {
    await seeded();
    const { org } = salesforce;
    await stopApp({ org, apiName: 'Legacy', apiVersion: 66 });
    const path = 'extlClntAppPolicies/Legacy_defaultPolicy1.ecaPlcy';
    expect(await salesforce.file(GENERAL, 'Legacy_defaultPolicy1', path)).toContain('<isEnabled>false<');
  });

  it('costs nothing where nobody declares it, and a plan keeps nothing of what it asks', async () => {
    await seeded();
    await salesforce.plan(declared(() => undefined));
    const asked = (): number => salesforce.emulator.calls().filter(({ operation }) => operation === 'deploy').length;
    expect(asked()).toBe(0);
    const files = async (): Promise<string> => {
      const types = new Map([[OAUTH, ['*', 'Legacy_oauth_defaultPolicy1']]]);
      const { files: found } = await salesforce.org.retrieve({ apiVersion: 66, types });
      return JSON.stringify([...found]);
    };
    const before = await files();
    await salesforce.plan(manifest);
    expect(asked()).toBe(1);
    expect(await files()).toBe(before);
  });
});

describe('where the org does not tell the names until the deploy', () => {
  it('an app is written that has the declared values already, and the rest as planned', async () => {
    const same = { 'extlClntAppOauthPolicies/Legacy_oauthPlcy.ecaOauthPlcy': '' };
    await seeded(same);
    forbid(2);
    const plan = await salesforce.plan(manifest, consents);
    expect(plan.apps[0]?.changes.filter(({ type }) => type === GENERAL)[0]?.before).toEqual({ state: 'absent' });
    const receipt = await applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } });
    expect(receipt.remarks).toEqual([]);
    expect(receipt.apps[0]?.names[GENERAL]).toBe('Legacy_defaultPolicy1');
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });

  it('a plan that did not know other values is refused as stale, names them, and writes nothing', async () => {
    await seeded();
    forbid(2);
    const plan = await salesforce.plan(manifest, consents);
    const { code, diagnostics } = await refusal(
      applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } }),
    );
    expect(code).toBe('STALE_PLAN');
    expect(new Set(codes(diagnostics))).toEqual(new Set(['plan-stale']));
    const period = diagnostics.find(({ field }) => field === `${OAUTH}.refreshTokenValidityPeriod`);
    expect(period).toMatchObject({
      path: 'identity/prod/Legacy',
      problem: expect.stringMatching(/under the name Legacy_oauth_defaultPolicy1.*, but the org has 365$/),
    });
    const next = await salesforce.plan(manifest, consents);
    expect(next.apps[0]?.adopts).toBe(true);
    expect(next.apps[0]?.changes.some(({ before }) => JSON.stringify(before).includes('365'))).toBe(true);
  });
});
