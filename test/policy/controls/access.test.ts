import { postureOf } from '../../../lib/policy/posture/of-app';
import { issuedBase64, STRONG, WEAK_RSA, WITH_MD5, WITH_SHA1 } from '../../values/issued-certificate';
import {
  brokenConnectedApp,
  certificate,
  changed,
  connectedApp,
  installed,
  machine,
  oauthConfig,
  observedDefault,
  privateApp,
  publicApp,
  reportOf,
  resultOf,
} from '../support';
import { describeControl } from './describe-control';

const unreadablePolicies = { 'the policies cannot be read': privateApp({ unreadable: ['policies'] }) };
const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };
const noOauth = { 'the app has no OAuth': privateApp({ absent: ['global', 'oauth', 'policies'] }) };
const SELF = { permittedUsersPolicyType: 'AllSelfAuthorized' };
const relaxed = (policy: string) => ({ policies: { ipRelaxationPolicyType: policy } });
const caPolicy = (policy: string): string =>
  `${oauthConfig()}<oauthPolicy><ipRelaxation>${policy}</ipRelaxation></oauthPolicy>`;

describeControl('SFCA-ECA-IP-RELAXATION', {
  fails: {
    'the ranges do not hold': privateApp(relaxed('Bypass')),
    'they hold at the first login only': publicApp(relaxed('Enforce_RelaxRefresh')),
    'activated devices get past them': machine(relaxed('Bypass_2factor')),
    'a newer platform writes a policy nobody knows': machine(relaxed('Sometimes')),
    "a vendor's app gets past them": { ...installed(relaxed('Bypass')), kind: 'private' },
  },
  passes: {
    'they hold': privateApp(),
    'nothing is stated': privateApp({ policies: { ipRelaxationPolicyType: undefined } }),
  },
  notApplicable: noOauth,
  notEvaluated: {
    ...unreadablePolicies,
    'no policy record was found, although there always is one': privateApp({ absent: ['policies'] }),
  },
});

describeControl('SFCA-CA-IP-RELAXATION', {
  fails: { 'the ranges do not hold': connectedApp(caPolicy('BYPASS'), 'private') },
  passes: {
    'they hold': connectedApp(caPolicy('ENFORCE'), 'private'),
    'nothing is stated': connectedApp(oauthConfig(), 'public'),
  },
  notApplicable: { 'the app has no OAuth': connectedApp('', 'private') },
  notEvaluated: unreadableFile,
});

const ecaProfiles = (count: number) => ({
  policies: { commaSeparatedProfile: Array.from({ length: count }, (_, i) => `Profile ${i}`) },
});

describeControl('SFCA-ECA-PERMITTED-USERS', {
  lowRisk: { 'a dozen profiles are let in': privateApp(ecaProfiles(12)) },
  passes: { 'permission sets alone decide': privateApp(), 'one profile is let in': publicApp(ecaProfiles(1)) },
  notApplicable: {
    'everybody is let in, which another control judges': privateApp({ policies: SELF }),
    ...noOauth,
  },
  notEvaluated: unreadablePolicies,
});

const profiles = (count: number): string =>
  `${oauthConfig()}${Array.from({ length: count }, (_, i) => `<profileName>Profile ${i}</profileName>`).join('')}`;

describeControl('SFCA-CA-PROFILES', {
  lowRisk: { 'a dozen profiles are let in': connectedApp(profiles(12), 'private') },
  passes: {
    'one profile is let in': connectedApp(profiles(1), 'private'),
    'permission sets alone decide': connectedApp(oauthConfig(), 'private'),
  },
  notApplicable: {
    'everybody is let in, which another control judges': connectedApp(
      oauthConfig({ isAdminApproved: false }),
      'private',
    ),
    'the app has no OAuth': connectedApp('', 'private'),
  },
  notEvaluated: unreadableFile,
});

const open = (...scopes: readonly string[]) => ({ policies: SELF, oauth: { commaSeparatedOauthScopes: scopes } });

describeControl('SFCA-APP-SELF-AUTHORIZED', {
  fails: {
    'anybody may approve Api, which is everything its user may do': publicApp(open('Api', 'RefreshToken')),
    'anybody may approve Full': publicApp(open('Full')),
    'anybody may approve a scope newer than this library': privateApp(open('Tomorrow')),
    'anybody may approve what only one integration user should': machine(open('Api')),
    'nothing is stated, which lets in everybody': privateApp({ policies: { permittedUsersPolicyType: undefined } }),
    'anybody may approve a Connected App that reaches data': connectedApp(
      oauthConfig({ isAdminApproved: false, scopes: 'Chatter' }),
      'private',
    ),
    'a look-alike of Data Loader asks for what Data Loader asks for': publicApp({
      ...open('Api', 'RefreshToken'),
      global: { callbackUrl: ['dataloader://oauth'] },
    }),
  },
  lowRisk: { 'the scopes tell who the user is and no more': publicApp(open('OpenID', 'Basic', 'RefreshToken')) },
  passes: {
    'admins decide': publicApp(),
    'admins decide, whatever the scopes': privateApp({ oauth: { commaSeparatedOauthScopes: ['Full'] } }),
  },
  notApplicable: noOauth,
  notEvaluated: { ...unreadablePolicies, 'the scopes cannot be read': publicApp({ unreadable: ['oauth'] }) },
});

describeControl('SFCA-ECA-SESSION-LEVEL', {
  fails: { 'less than a login is enough': privateApp({ policies: { requiredSessionLevel: 'LOW' } }) },
  passes: {
    'a login is needed': privateApp(),
    'a second factor is needed': privateApp({ policies: { requiredSessionLevel: 'HIGH_ASSURANCE' } }),
  },
  notApplicable: noOauth,
  notEvaluated: unreadablePolicies,
});

const callback = (...urls: readonly string[]) => ({ global: { callbackUrl: urls } });

describeControl('SFCA-APP-CALLBACK-URLS', {
  fails: {
    'one of them is http': privateApp(callback('https://a.example/cb', 'http://a.example/cb')),
    'a server uses a scheme of its own': privateApp(callback('myapp://cb')),
    'the scheme runs code': publicApp(callback('javascript:alert(1)')),
    'there is a wildcard': publicApp(callback('https://*.a.example/cb')),
    'text without a scheme is no URL': privateApp(callback('portal.a.example/cb')),
    'a tunnel gets the codes': privateApp(callback('https://a.example/cb', 'https://3f2a.ngrok-free.app/cb')),
    'an inspector of requests gets the codes': publicApp(callback('https://webhook.site/1b2c')),
    "a shared tool's page gets the codes and PKCE is not required": privateApp({
      global: { callbackUrl: ['https://oauth.pstmn.io/v1/callback'], isPkceRequired: false },
    }),
    'any app may register the short scheme and PKCE is not required': publicApp({
      global: { callbackUrl: ['myapp://cb'], isPkceRequired: false },
    }),
  },
  lowRisk: {
    'a server also answers on the own machine': privateApp(
      callback('https://a.example/cb', 'http://localhost:1717/cb'),
    ),
    'a server answers on https of the own machine': privateApp(callback('https://localhost/cb')),
    'a bare address may be given to somebody else': privateApp(callback('https://203.0.113.7/cb')),
    "a shared tool's page gets the codes": privateApp(callback('https://oauth.pstmn.io/v1/callback')),
    'any app may register the short scheme': publicApp(callback('myapp://cb')),
  },
  passes: {
    'an app on devices uses its own scheme': publicApp(callback('com.acme.app:/cb')),
    'an app on devices answers on the own machine': publicApp(callback('http://127.0.0.1:1717/cb')),
    'a machine has one that leads nowhere': machine(),
    'there are several in a Connected App': connectedApp(
      oauthConfig({ callbackUrl: 'https://a.example/1\nhttps://a.example/2' }),
      'private',
    ),
  },
  notApplicable: { 'there is none': machine({ global: { callbackUrl: undefined } }), ...noOauth },
  notEvaluated: { 'the consumer cannot be read': privateApp({ unreadable: ['global'] }) },
});

const ENDED =
  'MIIBZTCCAQugAwIBAgIJWRBPY3ssB+dqMAoGCCqGSM49BAMCMA8xDTALBgNVBAMTBHRlc3QwHhcNMjYwMTAxMDAwMDAwWhcNMjYwNjAxMTIwMDAwWjAPMQ0wCwYDVQQDEwR0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjco0o02G6h4KGkEigC75STUXQtu48at3qdZpAUsCRFsIP2RAKu/E8mqONlWFqflQttcRLigNS0J7GDSh39y016NQME4wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMA8GA1UdEQQIMAaCBHRlc3QwCgYIKoZIzj0EAwIDSAAwRQIhAL5DIguWgAV2AxzEiZiU79GJCj6MrD3pUgwzCvZVO0tXAiATfVpIBrhHadbcxEDKMxXcjC0dg8Y6vsjTBpwCNm8kEg==';
const IN_20_DAYS =
  'MIIBZDCCAQugAwIBAgIJXLOYs3MIxA53MAoGCCqGSM49BAMCMA8xDTALBgNVBAMTBHRlc3QwHhcNMjYwMTAxMDAwMDAwWhcNMjYwNzIxMTIwMDAwWjAPMQ0wCwYDVQQDEwR0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEO3jw6thaBa7Iwol1aL1v/m3UZHsAYzGAP4NXyjccodCDUdxKGLgQ4vluGIHyQ1U41pktQD6KCdxdPATFC2pJPqNQME4wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMA8GA1UdEQQIMAaCBHRlc3QwCgYIKoZIzj0EAwIDRwAwRAIgP44ZOnijHxTm9LJrTYlA8LbzVV74SJM5hoiP+6wxS4UCIAxXsNya6JzfAu9L7PCx6mICtJcr5YD8DqIpt9B2lALi';
const IN_45_DAYS =
  'MIIBZTCCAQugAwIBAgIJDZQiavTAXtqUMAoGCCqGSM49BAMCMA8xDTALBgNVBAMTBHRlc3QwHhcNMjYwMTAxMDAwMDAwWhcNMjYwODE1MTIwMDAwWjAPMQ0wCwYDVQQDEwR0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa1kBlLd6zAhpIIdnhEr9Qtj3gqpXHQmQvLHGpbAByZAH4qJ0w/a1/G/oapUZZkjNhjyvWpYkJkEyHyn5HjShPaNQME4wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMA8GA1UdEQQIMAaCBHRlc3QwCgYIKoZIzj0EAwIDSAAwRQIhANKizoRKMsTgXU9DOy0/XP0UsjVS0KVl/yCB2h/zFFJ7AiBb2evX1ghIU7joMN6F1Kxq7zZpF+XOCFmQn4TnrYaeEg==';
const NO_CERTIFICATE = 'bm90IGEgY2VydGlmaWNhdGU=';
const holding = (base64: string | undefined) => ({ global: { certificate: base64 } });

describeControl('SFCA-APP-CERTIFICATE-EXPIRY', {
  fails: {
    'it has ended': machine(holding(ENDED)),
    'it ends in twenty days': machine(holding(IN_20_DAYS)),
    'that of a Connected App has ended': connectedApp(oauthConfig({ certificate: ENDED }), 'machine'),
    'the client assertion certificate has ended': privateApp({ oauth: { clientAssertionCertificate: ENDED } }),
  },
  lowRisk: { 'it ends in 45 days': machine(holding(IN_45_DAYS)) },
  passes: { 'it lasts': machine(holding(certificate)) },
  notApplicable: {
    'there is none': privateApp(),
    'the consumer cannot be read, and our line says that there is none': privateApp({ unreadable: ['global'] }),
    ...noOauth,
  },
  notEvaluated: {
    'only its fingerprint is known': machine(holding(undefined)),
    'it is no certificate': machine(holding(NO_CERTIFICATE)),
    'the consumer cannot be read, and our line says nothing of it': privateApp({
      header: { certificateFingerprint: undefined },
      unreadable: ['global'],
    }),
  },
});

const besideAnother = (sharesName: boolean) => {
  const { app } = connectedApp(oauthConfig(), 'private');
  return { app: { ...app, sharesName }, kind: 'private' as const };
};

describeControl('SFCA-CA-MIGRATED', {
  lowRisk: { 'an External Client App has the name': besideAnother(true) },
  passes: { 'none has': besideAnother(false) },
  notApplicable: { 'the app has no OAuth': connectedApp('', 'private') },
  notEvaluated: { 'not all External Client Apps were read': connectedApp(oauthConfig(), 'private') },
});

const WEAK = issuedBase64(WEAK_RSA);
const elsewhere = {
  notApplicable: { 'there is none': privateApp(), ...noOauth },
  notEvaluated: {
    'only its fingerprint is known': machine(holding(undefined)),
    'it is no certificate': machine(holding(NO_CERTIFICATE)),
  },
};

describeControl('SFCA-APP-CERTIFICATE-STRENGTH', {
  fails: {
    'its RSA key has 1024 bits': machine(holding(WEAK)),
    'it is signed with MD5': machine(holding(issuedBase64(WITH_MD5))),
    'that of a Connected App has a short key': connectedApp(oauthConfig({ certificate: WEAK }), 'machine'),
    'the client assertion certificate has a short key': privateApp({ oauth: { clientAssertionCertificate: WEAK } }),
  },
  lowRisk: {
    'it is signed with SHA-1': machine(holding(issuedBase64(WITH_SHA1))),
    'nobody can sign in with its key': machine(holding(ENDED)),
  },
  passes: { 'its RSA key has 2048 bits': machine(holding(certificate)) },
  ...elsewhere,
  notEvaluated: {
    ...elsewhere.notEvaluated,
    'which keys a client assertion takes is not documented': privateApp({
      oauth: { clientAssertionCertificate: ENDED },
    }),
  },
});

describeControl('SFCA-APP-CERTIFICATE-LIFETIME', {
  fails: {
    'it runs for ten years': machine(holding(issuedBase64(STRONG, 3650))),
    'that of a Connected App runs for four': connectedApp(
      oauthConfig({ certificate: issuedBase64(STRONG, 1461) }),
      'machine',
    ),
  },
  passes: {
    'it runs for three years': machine(holding(certificate)),
    'it runs for one year': machine(holding(issuedBase64(STRONG, 365))),
  },
  ...elsewhere,
});

describe('an app with two certificates', () => {
  const weak = resultOf(
    reportOf(machine({ global: { certificate: WEAK }, oauth: { clientAssertionCertificate: issuedBase64(WEAK_RSA) } })),
    'SFCA-APP-CERTIFICATE-STRENGTH',
  );

  it('has two findings where both are weak', () => {
    expect(weak.because).toMatch(/^The certificate holds .* The client assertion certificate holds /);
    expect(new Set(weak.offenders).size).toBe(2);
  });

  it('is as bad as the worse of them', () => {
    const both = { global: { certificate: issuedBase64(WITH_MD5) }, oauth: { clientAssertionCertificate: WEAK } };
    expect(resultOf(reportOf(machine(both)), 'SFCA-APP-CERTIFICATE-STRENGTH').severity).toBe('high');
  });

  it('is not well because one of them is', () => {
    const half = machine({ global: { certificate }, oauth: { clientAssertionCertificate: WEAK } });
    expect(resultOf(reportOf(half), 'SFCA-APP-CERTIFICATE-STRENGTH').outcome).toBe('fail');
  });

  it('is not evaluated where the org may keep the other one back', () => {
    const observed = changed(observedDefault('Portal'), { oauth: { isFirstPartyAppEnabled: true } });
    const app = postureOf(observed, { origin: 'read' });
    expect(resultOf(reportOf({ app, kind: 'private' }), 'SFCA-APP-CERTIFICATE-STRENGTH')).toMatchObject({
      outcome: 'not-evaluated',
      because: 'Salesforce may not give back a client assertion certificate that it has',
    });
  });
});
