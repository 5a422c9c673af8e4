import { auditOrg } from '../../lib/operations/audit';
import { portal } from './flow-support';
import { type Bench, bench, declared, TODAY } from './support';

const manifest = (label: string) => declared(portal({ label }));
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const app = '<externalClientApplication>Portal</externalClientApplication>';

/** What an admin added in Setup, by type: path and content. */
const PLUGINS: readonly (readonly [type: string, path: string, content: string])[] = [
  [
    'ExtlClntAppSamlConfigurablePolicies',
    'extlClntAppSamlConfigurablePolicies/Portal_saml.ecaSamlPlcy',
    `<acsUrl>https://acme.example/acs</acsUrl><entityUrl>https://acme.example</entityUrl>${app}`,
  ],
  [
    'ExtlClntAppMobileSettings',
    'extlClntAppMobileSettings/Portal_mobile.ecaMobile',
    `${app}<isScreenLockEnabled>true</isScreenLockEnabled>`,
  ],
  [
    'ExtlClntAppMobileConfigurablePolicies',
    'extlClntAppMobilePolicies/Portal_mobilePlcy.ecaMobilePlcy',
    `${app}<screenLockTimeout>Ten</screenLockTimeout>`,
  ],
  [
    'ExtlClntAppPushConfigurablePolicies',
    'extlClntAppPushPolicies/Portal_pushPlcy.ecaPushPlcy',
    `${app}<isFullContent>false</isFullContent>`,
  ],
  [
    'ExtlClntAppNotificationSettings',
    'extlClntAppNotifSettings/Portal_notif.ecaNotifications',
    `${app}<notificationTypes><notificationType>Task</notificationType></notificationTypes>`,
  ],
  [
    'ExtlClntAppCanvasSettings',
    'extlClntAppCanvasSettings/Portal_canvas.ecaCanvas',
    `<accessMethod>Get</accessMethod><canvasUrl>https://acme.example/canvas</canvasUrl>${app}`,
  ],
];
const memberOf = (path: string): string => (path.split('/')[1] ?? '').replace(/\.\w+$/, '');

describe('an app with plugins that this library does not model', () => {
  let org: Bench;
  const before = new Map<string, string>();
  beforeAll(async () => {
    org = await bench();
    await org.apply(manifest('Portal'));
    const policies = 'extlClntAppPolicies/Portal_plcy.ecaPlcy';
    const samlOn = '<isSamlPluginEnabled>true</isSamlPluginEnabled><label>';
    await org.tamper('ExtlClntAppConfigurablePolicies', 'Portal_plcy', policies, /<label>/, samlOn);
    const files = new Map(PLUGINS.map(([type, path, text]) => [path, `<${type} ${NAMESPACE}>${text}</${type}>`]));
    const members = PLUGINS.map(
      ([type, path]) => `<types><members>${memberOf(path)}</members><name>${type}</name></types>`,
    );
    files.set('package.xml', `<Package ${NAMESPACE}>${members.join('')}<version>66.0</version></Package>`);
    const outcome = await org.org.deploy({ files, apiVersion: 66, checkOnly: false }, {});
    expect(outcome).toEqual(expect.objectContaining({ status: 'succeeded' }));
    for (const [type, path] of PLUGINS) before.set(path, await org.file(type, memberOf(path), path));
  });
  afterAll(async () => {
    await org.close();
  });

  it('is planned as ever, and the plan shows each of them as kept', async () => {
    const plan = await org.plan(manifest('Portal'));
    expect(plan.phases).toEqual([]);
    expect(plan.apps[0]?.kept.map(({ type }) => type).sort()).toEqual(
      expect.arrayContaining(PLUGINS.map(([type]) => type)),
    );
  });

  it('is updated without touching any of them', async () => {
    await org.apply(manifest('Portal of partners'));
    for (const [type, path] of PLUGINS) expect(await org.file(type, memberOf(path), path)).toBe(before.get(path));
  });

  it('is audited, and the audit knows of them', async () => {
    const audit = await auditOrg(org.org, { source: 'prod', today: TODAY, apiVersion: 66 });
    expect(audit.unread).toEqual([]);
    expect(JSON.stringify(audit)).toContain('SFCA-ECA-SAML');
  });
});
