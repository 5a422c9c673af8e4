import { parseXml, toNode, type XmlNode } from '../../lib/metadata/package/xml';
import { driftText } from '../../lib/reports/drift/text';
import { benchWith, hardened, LEGACY, legacyFile, removeSeeds } from './connected-app-support';
import { type Bench, codes, refusal } from './support';

afterAll(removeSeeds);

function tree(xml: string): XmlNode {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(parsed.error.problem);
  return toNode(parsed.value);
}

const part = (xml: string, name: string): readonly XmlNode[] =>
  (tree(xml).children ?? []).filter((child) => child.name === name);
const leaf = (xml: string, section: string, name: string): readonly (string | undefined)[] =>
  part(xml, section).flatMap(({ children = [] }) =>
    children.filter((child) => child.name === name).map(({ text }) => text),
  );

describe('a Connected App hardened where it is', () => {
  let salesforce: Bench;
  let before: string;
  let after: string;
  const manifest = hardened();
  beforeAll(async () => {
    salesforce = await benchWith({ Legacy: LEGACY });
    before = await legacyFile(salesforce);
    await salesforce.apply(manifest);
    after = await legacyFile(salesforce);
  });
  afterAll(() => salesforce.close());

  it('shows every field that changes with its effect, and what stays', async () => {
    const other = await benchWith({ Legacy: LEGACY });
    try {
      const { apps } = await other.plan(manifest);
      expect(apps[0]).toMatchObject({ action: 'update', adopts: true, names: { ConnectedApp: 'Legacy' } });
      const effects = Object.fromEntries((apps[0]?.changes ?? []).map(({ field, effect }) => [field, effect]));
      expect(effects).toMatchObject({
        'oauthConfig.callbackUrl': 'narrows',
        'oauthConfig.isAdminApproved': 'narrows',
        'oauthConfig.isPkceRequired': 'narrows',
        'oauthConfig.isConsumerSecretOptional': 'narrows',
        'oauthConfig.scopes': 'narrows',
        'oauthPolicy.ipRelaxation': 'narrows',
        'oauthPolicy.refreshTokenPolicy': 'narrows',
      });
      expect(apps[0]?.kept.map(({ field }) => field)).toEqual(
        expect.arrayContaining([
          'attributes',
          'mobileStartUrl',
          'oauthConfig.idTokenConfig',
          'samlConfig',
          'canvasConfig',
        ]),
      );
    } finally {
      await other.close();
    }
  });

  it('has what was declared, in the words of Connected Apps', () => {
    expect(leaf(after, 'oauthConfig', 'scopes')).toEqual(['Api', 'RefreshToken', 'SFAP']);
    expect(leaf(after, 'oauthConfig', 'isPkceRequired')).toEqual(['true']);
    expect(leaf(after, 'oauthConfig', 'isConsumerSecretOptional')).toEqual(['false']);
    expect(leaf(after, 'oauthConfig', 'isAdminApproved')).toEqual(['true']);
    expect(leaf(after, 'oauthPolicy', 'ipRelaxation')).toEqual(['ENFORCE']);
    expect(leaf(after, 'oauthPolicy', 'refreshTokenPolicy')).toEqual(['specific_inactivity:30:DAYS']);
    expect(leaf(after, 'oauthConfig', 'isNamedUserJwtEnabled')).toEqual(['true']);
    expect(part(after, 'permissionSetName').map(({ text }) => text)).toEqual(['Portal_Access']);
    expect(part(after, 'description').map(({ text }) => text)).toEqual([
      'Made by hand\nManaged as code by identity/prod; no certificate',
    ]);
  });

  it('keeps every part that the code does not speak about', () => {
    for (const name of ['canvasConfig', 'mobileAppConfig', 'samlConfig', 'attributes', 'mobileStartUrl', 'startUrl']) {
      expect([name, part(after, name)]).toEqual([name, part(before, name)]);
      expect(part(before, name)).toHaveLength(1);
    }
    expect(leaf(after, 'oauthConfig', 'idTokenConfig')).toHaveLength(1);
    expect(leaf(after, 'oauthConfig', 'singleLogoutUrl')).toEqual(['https://portal.acme.example/logout']);
    expect(part(after, 'contactPhone')).toEqual(part(before, 'contactPhone'));
  });

  it('keeps its consumer key', async () => {
    expect(leaf(after, 'oauthConfig', 'consumerKey')).toEqual(['LEGACYKEY123456']);
    const again = await salesforce.apply(manifest);
    expect(again.apps).toMatchObject([
      {
        action: 'unchanged',
        consumer_key: 'LEGACYKEY123456',
        secret_in_setup: expect.stringContaining('App Manager') as string,
      },
    ]);
  });

  it('is called weaker or tighter in a drift report by what the org has now', async () => {
    const other = await benchWith({ Legacy: LEGACY });
    try {
      await other.apply(manifest);
      const file = 'connectedApps/Legacy.connectedApp';
      await other.tamper('ConnectedApp', 'Legacy', file, /<isPkceRequired>true/, '<isPkceRequired>false');
      const { plan } = await other.drift(manifest);
      expect(driftText([plan])).toMatch(/weaker {2}.*\(oauthConfig\.isPkceRequired\): declared true, org has false/);
      expect(driftText([plan])).toContain("the org's value widens access");
    } finally {
      await other.close();
    }
  });

  it('needs nothing more: the second plan is empty, and there is no drift', async () => {
    const plan = await salesforce.plan(manifest);
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases).toEqual([]);
    expect((await salesforce.drift(manifest)).plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('shows what somebody changes by hand afterward, and repairs it', async () => {
    await salesforce.tamper(
      'ConnectedApp',
      'Legacy',
      'connectedApps/Legacy.connectedApp',
      /<ipRelaxation>ENFORCE</,
      '<ipRelaxation>BYPASS<',
    );
    const plan = await salesforce.plan(manifest);
    expect(plan.apps.flatMap(({ changes }) => changes)).toMatchObject([
      { type: 'ConnectedApp', field: 'oauthPolicy.ipRelaxation', before: { value: 'BYPASS' }, effect: 'narrows' },
    ]);
    await salesforce.apply(manifest);
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });
});

describe('what a Connected App is not', () => {
  let salesforce: Bench;
  beforeAll(async () => {
    salesforce = await benchWith({ Legacy: LEGACY });
  });
  afterAll(() => salesforce.close());

  it('is taken over without consent', async () => {
    const plan = await salesforce.plan(hardened({ adopt: false }));
    expect(codes(plan.diagnostics)).toContain('adoption-needed');
    expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
    const asked = await salesforce.plan(hardened({ adopt: false }), { adopt: ['Legacy'] });
    expect(asked.apps).toMatchObject([{ action: 'update', adopts: true }]);
  });

  it('is created: the plan says why, and what to do instead', async () => {
    const { code, diagnostics } = await refusal(salesforce.apply(hardened({}, 'Brand_New')));
    expect(code).toBe('REFUSED');
    expect(diagnostics).toMatchObject([
      { code: 'connected-app-creation-closed', problem: expect.stringContaining("Spring '26") as string },
    ]);
  });
});
