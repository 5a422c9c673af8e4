import { type Bench, bench, declared, twoApps } from './support';

let salesforce: Bench;
const manifest = declared(twoApps);

beforeAll(async () => {
  salesforce = await bench();
});
afterAll(() => salesforce.close());

describe('the main job', () => {
  it('plans the org settings first, then the apps, then what tightens', async () => {
    const plan = await salesforce.plan(manifest);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.phases).toEqual([
      {
        name: 'enable',
        title: expect.any(String),
        settings: ['OauthOidcSettings.oAuthCdCrdtFlowEnable'],
        records: [],
        apps: [],
      },
      { name: 'apps', title: 'Client apps', settings: [], records: [], apps: ['Mobile', 'Portal'] },
      {
        name: 'tighten',
        title: expect.any(String),
        settings: ['OauthOidcSettings.blockOAuthUnPwFlow', 'OauthOidcSettings.isPkceRequired'],
        records: [],
        apps: [],
      },
    ]);
  });

  it('applies, reads back without a remark, and hands out consumer keys', async () => {
    const receipt = await salesforce.apply(manifest);
    expect(receipt.remarks).toEqual([]);
    expect(receipt.apps).toMatchObject([
      { api_name: 'Mobile', action: 'created', consumer_key: expect.stringMatching(/^3MVG9/) },
      { api_name: 'Portal', action: 'created', secret_in_setup: expect.stringContaining('Consumer Key and Secret') },
    ]);
    expect(receipt.apps[0]).not.toHaveProperty('secret_in_setup');
  });

  it('finds nothing to change afterward and then writes nothing', async () => {
    const plan = await salesforce.plan(manifest);
    expect(plan.phases).toEqual([]);
    const deploys = (): number =>
      salesforce.emulator.calls().filter(({ operation }) => /deploy/i.test(operation)).length;
    const before = deploys();
    const receipt = await salesforce.apply(manifest);
    expect(receipt.apps.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
    expect(deploys()).toBe(before);
  });

  it('sees what an admin changed, says what it does to security, and puts it back', async () => {
    const consumer = 'extlClntAppGlobalOauthSets/Mobile_glbloauth.ecaGlblOauth';
    const scopes = 'extlClntAppOauthSettings/Portal_oauth.ecaOauth';
    await salesforce.tamper(
      'ExtlClntAppGlobalOauthSettings',
      'Mobile_glbloauth',
      consumer,
      /(<isPkceRequired>)true/,
      '$1false',
    );
    await salesforce.tamper('ExtlClntAppOauthSettings', 'Portal_oauth', scopes, /Api/, 'Api, Full');
    const drift = await salesforce.drift(manifest);
    expect(drift.in_sync).toBe(false);
    expect(drift.plan.apps.flatMap(({ changes }) => changes)).toMatchObject([
      { field: 'isPkceRequired', before: { value: false }, after: { value: true }, effect: 'narrows' },
      { field: 'commaSeparatedOauthScopes', before: { value: ['Api', 'Full'] }, effect: 'narrows' },
    ]);
    const receipt = await salesforce.apply(manifest);
    expect(receipt.apps.map(({ action }) => action)).toEqual(['updated', 'updated']);
    expect(receipt.remarks).toEqual([]);
    expect((await salesforce.drift(manifest)).in_sync).toBe(true);
  });
});
