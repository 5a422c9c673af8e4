import { decode } from '../../../lib/metadata/decode';
import { encode } from '../../../lib/metadata/encode';
import { connectedApp } from '../../../lib/metadata/fields/connected-app';
import { normalize } from '../../../lib/metadata/normalize';
import { parseXml } from '../../../lib/metadata/package/xml';

const file = (content: string): string =>
  `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">${content}</ConnectedApp>`;

function read(content: string) {
  const xml = parseXml(file(content));
  if (!xml.ok) throw new Error(xml.error.problem);
  return decode(connectedApp, 'Legacy', xml.value);
}

function component(content: string) {
  const result = read(content);
  if (!result.ok) throw new Error(result.error.map(({ problem }) => problem).join());
  return result.value;
}

const flat = (xml: string): string => xml.replace(/>\s+</g, '><');

describe('a Connected App read from its file', () => {
  it('has the fields of its nested records by their path', () => {
    const { fields } = component(
      '<label>L</label><oauthConfig><isPkceRequired>true</isPkceRequired><scopes>Web</scopes><scopes>OfflineAccess</scopes>' +
        '<scopes>Api</scopes></oauthConfig><profileName>B, with comma</profileName><profileName>A</profileName>',
    );
    expect(fields).toEqual({
      label: 'L',
      'oauthConfig.isPkceRequired': true,
      'oauthConfig.scopes': ['Api', 'RefreshToken', 'Web'],
      profileName: ['A', 'B, with comma'],
    });
  });

  it('never holds its secret, and never writes it', () => {
    const read = component(
      '<oauthConfig><callbackUrl>https://a</callbackUrl><consumerSecret>s3cret</consumerSecret></oauthConfig>',
    );
    expect(JSON.stringify(read)).not.toContain('s3cret');
  });

  it('gives back elements that nobody knows, in the record they came from, in whatever version', () => {
    const text =
      '<fromTheFuture><deep a="1">x</deep></fromTheFuture><oauthConfig><callbackUrl>https://a</callbackUrl>' +
      '<isFromTheFuture>true</isFromTheFuture></oauthConfig><sessionPolicy><alsoNew>1</alsoNew></sessionPolicy>';
    const written = flat(encode(component(text), { apiVersion: 60 }));
    expect(written).toContain(flat(text));
  });

  it('gives back canvas, mobile and SAML parts as they were', () => {
    const text =
      '<canvasConfig><accessMethod>Post</accessMethod><locations>Chatter</locations><locations>Visualforce</locations></canvasConfig>' +
      '<mobileAppConfig><applicationBinaryFile>QUJD</applicationBinaryFile></mobileAppConfig>' +
      '<samlConfig><acsUrl>https://a/?b=1&amp;c=2</acsUrl></samlConfig>';
    expect(flat(encode(component(text), { apiVersion: 66 }))).toContain(text);
  });

  it('is unreadable where a record stands twice, or a value cannot be', () => {
    expect(
      read(
        '<oauthConfig><callbackUrl>a</callbackUrl></oauthConfig><oauthConfig><callbackUrl>b</callbackUrl></oauthConfig>',
      ),
    ).toMatchObject({ ok: false, error: [{ field: 'oauthConfig' }, { field: 'oauthConfig.callbackUrl' }] });
    expect(read('<oauthConfig><isPkceRequired>perhaps</isPkceRequired></oauthConfig>')).toMatchObject({ ok: false });
  });

  it('takes a nested record without content for none', () => {
    expect(
      component(
        '<label>L</label><sessionPolicy/><oauthConfig xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
      ).fields,
    ).toEqual({ label: 'L' });
  });
});

describe('a Connected App as it is written', () => {
  const fields = { label: 'L', 'oauthConfig.callbackUrl': ['https://a'], 'oauthConfig.consumerKey': 'KEY12345' };
  const write = (more: Parameters<typeof encode>[0]['fields'], apiVersion = 66): string =>
    flat(encode({ type: 'ConnectedApp', fullName: 'L', fields: { ...fields, ...more } }, { apiVersion }));

  it('leaves its consumer key to Salesforce, but where a run-as user has to come with it', () => {
    expect(write({})).not.toContain('KEY12345');
    expect(write({ 'oauthConfig.oauthClientCredentialUser': 'a@b.example' })).toContain(
      '<consumerKey>KEY12345</consumerKey><oauthClientCredentialUser>',
    );
  });

  it('says by one empty element that nobody is listed any more', () => {
    expect(write({ permissionSetName: [] })).toContain('<permissionSetName/>');
    expect(write({})).not.toContain('permissionSetName');
  });

  it('has no element that the version does not know', () => {
    const newer = { 'oauthConfig.isDeviceFlowEnabled': false, pluginExecutionUser: 'a@b.example' };
    expect(write(newer, 66)).not.toContain('isDeviceFlowEnabled');
    expect(write(newer, 68)).toContain('<isDeviceFlowEnabled>false</isDeviceFlowEnabled>');
    expect(write(newer, 68)).not.toContain('pluginExecutionUser');
  });

  it('carries the ownership line in its description, and reads it back', () => {
    const xml = write({ description: 'For the portal', managedBy: 'identity/prod' });
    expect(xml).toContain('For the portal\nManaged as code by identity/prod');
    const parsed = parseXml(xml);
    expect(parsed.ok && decode(connectedApp, 'L', parsed.value)).toMatchObject({
      value: { fields: { description: 'For the portal', managedBy: 'identity/prod' } },
    });
  });

  it('compares scopes as a set, whichever synonym they have', () => {
    const scopes = connectedApp.fields.find(({ name }) => name === 'oauthConfig.scopes');
    expect(scopes && normalize(scopes, ['Web', 'OfflineAccess', 'Api'])).toEqual(['Api', 'RefreshToken', 'Web']);
  });
});
