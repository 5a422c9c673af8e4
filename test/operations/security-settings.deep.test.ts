import { type SecuritySettings, TlsClientAuthType } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import type { Files } from '../../lib/metadata/package/zip';
import type { DeployRequest, Org } from '../../lib/org/org';
import { portal } from './flow-support';
import { type Bench, bench, codes, declared, refusal } from './support';

const SECURITY = 'ExtlClntAppOauthSecuritySettings';
const PATH = 'extlClntAppOauthSecuritySettings/Portal_oauthSecurity.ecaOauthSecurity';

const range = (last: number, description?: string) => ({
  start: `203.0.113.${last}`,
  end: `203.0.113.${last}`,
  ...(description !== undefined && { description }),
});
const tlsClientAuth = { type: TlsClientAuthType.SUBJECT_DN, value: 'CN=portal,O=Acme' };

const manifest = (securitySettings?: SecuritySettings, label = 'Portal', apiVersion = 68): Manifest =>
  declared(portal({ label, ...(securitySettings && { experimental: { securitySettings } }) }), { apiVersion });

/** The record as the org gives it to someone else, or undefined. */
async function recordOf(salesforce: Bench, apiVersion = 68): Promise<string | undefined> {
  const { files } = await salesforce.org.retrieve({ apiVersion, types: new Map([[SECURITY, ['*']]]) }, {});
  return files.get(PATH);
}

/** What Salesforce has added in Setup, with fields of the newest version. */
const BY_HAND = `<?xml version="1.0" encoding="UTF-8"?>
<${SECURITY} xmlns="http://soap.sforce.com/2006/04/metadata">
    <externalClientApplication>Portal</externalClientApplication>
    <label>By hand</label>
    <tlsClientAuthCertParamType>tls_client_auth_san_uri</tlsClientAuthCertParamType>
    <tlsClientAuthCertParamValue>spiffe://acme/portal</tlsClientAuthCertParamValue>
    <tokenIpRanges>
        <description>Office</description>
        <endIpAddress>203.0.113.9</endIpAddress>
        <startIpAddress>203.0.113.1</startIpAddress>
    </tokenIpRanges>
</${SECURITY}>
`;

const FUTURE = '<isFromTheFuture>\n        <deeply>true</deeply>\n    </isFromTheFuture>';

/** Salesforce of a version with elements that no one here knows: it gives them, and takes them back. */
function fromTheFuture(org: Org, sent: Files[]): Org {
  const retrieve: Org['retrieve'] = async (request, options) => {
    const answer = await org.retrieve(request, options);
    const files = new Map(answer.files);
    const text = files.get(PATH);
    if (text !== undefined) files.set(PATH, text.replace('<label>', `${FUTURE}\n    <label>`));
    return { ...answer, files };
  };
  const deploy: Org['deploy'] = async (request: DeployRequest, options) => {
    sent.push(request.files);
    const known = [...request.files].map(
      ([path, text]) => [path, text.replace(/\s*<isFromTheFuture>[^]*?<\/isFromTheFuture>/, '')] as const,
    );
    return org.deploy({ ...request, files: new Map(known) }, options);
  };
  return Object.assign(Object.create(org) as Org, { retrieve, deploy });
}

let salesforce: Bench;
const open = async (securitySettingsDeployable: boolean): Promise<void> => {
  salesforce = await bench({ switches: { securitySettingsDeployable } });
};
afterEach(() => salesforce.close());

describe('experimental security settings, where Salesforce lets them be deployed', () => {
  beforeEach(() => open(true));

  it('are created with their app, and the plan afterward is empty', async () => {
    const all = manifest({ tokenIpRanges: [range(1, 'Office'), range(2)], tlsClientAuth });
    const plan = await salesforce.plan(all);
    expect(codes(plan.diagnostics)).toContain('experimental-option');
    await salesforce.apply(all);
    const text = (await recordOf(salesforce)) ?? '';
    expect(text).toContain('<tlsClientAuthCertParamType>tls_client_auth_subject_dn</tlsClientAuthCertParamType>');
    expect(text.match(/<tokenIpRanges>/g)).toHaveLength(2);
    const again = await salesforce.plan(all);
    expect(again.phases).toEqual([]);
    expect(codes(again.diagnostics)).not.toContain('experimental-option');
    expect((await salesforce.drift(all)).in_sync).toBe(true);
  });

  it('are changed field by field: what is not stated stays, and an allowlist that goes away widens', async () => {
    await salesforce.apply(manifest({ tokenIpRanges: [range(1)], tlsClientAuth }));
    const narrower = manifest({ tokenIpRanges: [range(1), range(2)] });
    const plan = await salesforce.plan(narrower);
    expect(plan.apps[0]).toMatchObject({
      action: 'update',
      effect: 'widens',
      changes: [{ type: SECURITY, full_name: 'Portal_oauthSecurity', field: 'tokenIpRanges' }],
    });
    expect(plan.apps[0]?.kept.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['tlsClientAuthCertParamType', 'tlsClientAuthCertParamValue']),
    );
    await salesforce.apply(narrower);
    expect(await recordOf(salesforce)).toContain('CN=portal,O=Acme');
    const open = await salesforce.plan(manifest({ tokenIpRanges: [] }));
    expect(open.apps[0]?.changes).toMatchObject([{ field: 'tokenIpRanges', effect: 'widens' }]);
    await salesforce.apply(manifest({ tokenIpRanges: [] }));
    const text = await recordOf(salesforce);
    expect(text).not.toContain('tokenIpRanges');
    expect(text).toContain('CN=portal,O=Acme');
    expect((await salesforce.plan(manifest({ tokenIpRanges: [] }))).phases).toEqual([]);
  });

  it('are found out where the org has others', async () => {
    const all = manifest({ tokenIpRanges: [range(1)] });
    await salesforce.apply(all);
    await salesforce.apply(manifest({ tokenIpRanges: [range(1), range(2)] }));
    const drift = await salesforce.drift(all);
    expect(drift.in_sync).toBe(false);
  });

  it('are not asked for at a version that does not have them', () => {
    expect(() => manifest({ tokenIpRanges: [range(1)] }, 'Portal', 66)).toThrow(/Metadata API 67/);
    expect(() => manifest({ tlsClientAuth }, 'Portal', 67)).toThrow(/Metadata API 68/);
  });

  it('stay with an app that no longer states them', async () => {
    await salesforce.apply(manifest({ tokenIpRanges: [range(1)], tlsClientAuth }));
    const before = await recordOf(salesforce);
    const plan = await salesforce.plan(manifest(undefined, 'Portal of partners'));
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toEqual(['label']);
    await salesforce.apply(manifest(undefined, 'Portal of partners'));
    expect(await recordOf(salesforce)).toBe(before);
  });

  it('end with an app that is deleted, of which the reading afterward finds nothing', async () => {
    await salesforce.apply(manifest({ tokenIpRanges: [range(1)], tlsClientAuth }));
    const none: Manifest = { ...manifest(), apps: [] };
    const receipt = await salesforce.apply(none, { allow_delete: ['Portal'] });
    expect(receipt.apps).toMatchObject([{ api_name: 'Portal', action: 'deleted' }]);
    expect(await recordOf(salesforce)).toBeUndefined();
  });
});

describe('experimental security settings, where Salesforce lets nobody deploy them', () => {
  beforeEach(() => open(false));

  it('fail the apply as a whole, in Salesforce’s words, and leave nothing behind', async () => {
    const failed = await refusal(salesforce.apply(manifest({ tokenIpRanges: [range(1)] })));
    expect(JSON.stringify(failed)).toContain(`${SECURITY} can't be deployed`);
    expect((await salesforce.plan(manifest())).apps[0]?.action).toBe('create');
  });

  it('let the app be created without them', async () => {
    await salesforce.apply(manifest());
    expect(await recordOf(salesforce)).toBeUndefined();
    // Nothing is stated but that there is no restriction, and there is none.
    expect((await salesforce.plan(manifest({ tokenIpRanges: [] }))).phases).toEqual([]);
  });
});

describe('a record of security settings that somebody made by hand', () => {
  const sent: Files[] = [];
  let org: Org;

  beforeEach(async () => {
    sent.splice(0);
    await open(true);
    await salesforce.apply(manifest());
    const members = `<types><members>Portal_oauthSecurity</members><name>${SECURITY}</name></types>`;
    const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    const files = new Map([
      ['package.xml', `<Package ${xmlns}>${members}<version>68.0</version></Package>`],
      [PATH, BY_HAND],
    ]);
    const outcome = await salesforce.org.deploy({ files, apiVersion: 68, checkOnly: false }, {});
    expect(outcome).toMatchObject({ status: 'succeeded' });
    org = fromTheFuture(salesforce.org, sent);
  });

  it.each([66, 67, 68])(
    'stays byte for byte what it was through an apply of something else, unknown elements included, at API version %d',
    async (apiVersion) => {
      const before = await recordOf(salesforce);
      expect(before).toContain('spiffe://acme/portal');
      await salesforce.apply(manifest(undefined, 'Portal of partners', apiVersion), {}, { org });
      expect(await recordOf(salesforce)).toBe(before);
      expect(sent.flatMap((files) => [...files.keys()])).toContain('externalClientApps/Portal.eca');
      expect(sent.flatMap((files) => [...files.keys()])).not.toContain(PATH);
    },
  );

  it('is written back with everything in it when one field of it is stated', async () => {
    const stated = manifest({ tokenIpRanges: [range(1), range(2, 'Data centre')] });
    const plan = await salesforce.plan(stated, {}, { org });
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toEqual(['tokenIpRanges']);
    expect(plan.apps[0]?.kept.map(({ field }) => field)).toContain('isFromTheFuture');
    await salesforce.apply(stated, {}, { org });
    const text = sent.map((files) => files.get(PATH)).find((each) => each !== undefined) ?? '';
    const ranges = /\s*<tokenIpRanges>[^]*?<\/tokenIpRanges>/g;
    const elements = (xml: string) => xml.replace(ranges, '').replace(/<\?xml[^>]*>\s*/, '');
    expect(elements(text)).toBe(elements(BY_HAND.replace('<label>', `${FUTURE}\n    <label>`)));
    expect((await salesforce.plan(stated, {}, { org })).phases).toEqual([]);
  });

  it('blocks the app where it cannot be read and a part of it is stated, and only then', async () => {
    const broken: Org = Object.assign(Object.create(org) as Org, {
      retrieve: async (...args: Parameters<Org['retrieve']>) => {
        const answer = await salesforce.org.retrieve(...args);
        const files = new Map(answer.files);
        if (files.has(PATH)) files.set(PATH, '<half');
        return { ...answer, files };
      },
    });
    const plan = await salesforce.plan(manifest({ tokenIpRanges: [range(1)] }), {}, { org: broken });
    expect(plan.apps[0]?.action).toBe('blocked');
    expect(codes(plan.diagnostics)).toContain('security-settings-unreadable');
    expect((await salesforce.plan(manifest(), {}, { org: broken })).apps[0]?.action).toBe('none');
  });
});
