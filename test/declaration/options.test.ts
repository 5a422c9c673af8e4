import { AccessTokens } from '../../lib/declaration/options/access-tokens';
import { CertificateOption, parseCertificate } from '../../lib/declaration/options/certificate-option';
import { IpRelaxation } from '../../lib/declaration/options/ip-relaxation';
import { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import { RefreshTokenPolicy } from '../../lib/declaration/options/refresh-token-policy';
import { Duration } from '../../lib/values/duration';
import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from './declare';
import { context, justification, machineProps, privateProps, problems, publicProps, valid } from './support';

describe('insecure positions', () => {
  it.each([
    ['pkce', { required: false }],
    ['refreshTokenRotation', { enabled: false }],
    ['deviceFlow', { enabled: true }],
    ['introspectAllTokens', { enabled: true }],
    ['tokenExchange', { enabled: true }],
  ])('of %s need a justification, which is recorded', (option, value) => {
    const declare = (given: object) => declarePrivateClientApp({ ...privateProps, [option]: given }, context);
    expect(problems(declare(value))).toEqual([`missing-justification ${option}.justification`]);
    expect(valid(declare({ ...value, justification })).exceptions).toEqual([{ option, justification }]);
  });

  it('of enum-like options need one too', () => {
    const none = undefined as never;
    const props = {
      ...privateProps,
      ipRelaxation: IpRelaxation.relax(none),
      refreshTokens: RefreshTokenPolicy.neverExpires(none),
      codeAndCredentials: { postBodyOnly: { required: false } },
    };
    expect(problems(declarePrivateClientApp(props, context))).toEqual([
      'missing-justification ipRelaxation.justification',
      'missing-justification codeAndCredentials.postBodyOnly.justification',
      'missing-justification refreshTokens.justification',
    ]);
  });

  it('do not hide behind a secure position with a justification', () => {
    expect(
      problems(declarePrivateClientApp({ ...privateProps, pkce: { required: true, justification } }, context)),
    ).toEqual(['superfluous-justification pkce.justification']);
  });
});

describe('lifetimes', () => {
  const tokens = (accessTokens: unknown, apiVersion = 66) =>
    declarePrivateClientApp({ ...privateProps, accessTokens }, { ...context, apiVersion });

  it('of JWTs default to an hour, and to half an hour before version 65', () => {
    expect(valid(tokens(AccessTokens.jwt())).accessToken.value).toEqual({ format: 'jwt', timeoutMinutes: 60 });
    expect(valid(tokens(AccessTokens.jwt(), 64)).accessToken.value).toEqual({ format: 'jwt', timeoutMinutes: 30 });
  });

  it('of JWTs are those that the version offers', () => {
    expect(problems(tokens(AccessTokens.jwt(Duration.minutes(7))))).toEqual(['invalid-duration accessTokens']);
    expect(problems(tokens(AccessTokens.jwt(Duration.hours(2)), 64))).toEqual(['invalid-duration accessTokens']);
    expect(valid(tokens(AccessTokens.jwt(Duration.hours(2)))).accessToken.value).toMatchObject({ timeoutMinutes: 120 });
  });

  it.each([60, '60', { amount: 60, unit: 'minutes' }, null])('are never a bare %j', (value) => {
    expect(problems(tokens(AccessTokens.opaque(value as never)))).toEqual(['wrong-type accessTokens']);
  });

  it.each([0, -1, 1.5, Number.NaN, 1441])('of %d minutes are refused', (minutes) => {
    expect(problems(tokens(AccessTokens.opaque(Duration.minutes(minutes))))).toEqual(['invalid-duration accessTokens']);
  });

  it('of refresh tokens have hours, days or months', () => {
    const refresh = (policy: RefreshTokenPolicy) =>
      declarePublicClientApp({ ...publicProps, refreshTokens: policy }, context);
    expect(valid(refresh(RefreshTokenPolicy.expiresAfter(Duration.months(6)))).refreshToken).toEqual({
      value: { type: 'SpecificLifetime', period: 6, unit: 'Months' },
      origin: 'stated',
    });
    expect(problems(refresh(RefreshTokenPolicy.expiresAfter(Duration.minutes(5))))).toEqual([
      'invalid-duration refreshTokens',
    ]);
  });

  it('of guests need JWT access tokens', () => {
    const guest = { codeAndCredentials: { guest: {} } };
    expect(problems(declarePrivateClientApp({ ...privateProps, ...guest }, context))).toEqual([
      'guest-needs-jwt codeAndCredentials.guest',
    ]);
    const app = valid(
      declarePrivateClientApp({ ...privateProps, ...guest, accessTokens: AccessTokens.jwt() }, context),
    );
    expect(app.codeAndCredentials.value).toEqual({ enabled: true, postBodyOnly: true, guest: { timeoutMinutes: 15 } });
  });
});

describe('values', () => {
  const declare = (more: object) => declarePrivateClientApp({ ...privateProps, ...more }, context);

  it('known only to Terraform are refused without being looked into', () => {
    expect(problems(declare({ label: 'x-${TfToken[TOKEN.7]}' }))).toEqual(['terraform-token label']);
    expect(problems(declare({ apiName: '${TfToken[TOKEN.7]}' }))).toEqual(['terraform-token apiName']);
    expect(problems(declare({ callbackUrls: ['${TfToken[TOKEN.7]}'] }))).toEqual(['terraform-token callbackUrls[0]']);
  });

  it.each([
    ['label', 'two\nlines', 'invalid-text label'],
    ['label', 'bell\u0007', 'invalid-text label'],
    ['description', 'Managed as code by somebody', 'reserved-text description'],
    ['contactEmail', 'nobody', 'invalid-email contactEmail'],
    ['infoUrl', 'http://a.example', 'invalid-url infoUrl'],
    ['apiName', 'Partner Portal', 'invalid-api-name apiName'],
    ['customScopes', ['a b'], 'invalid-custom-scope customScopes[0]'],
    ['adopt', 'yes', 'wrong-type adopt'],
    ['trustedIpRanges', [{ start: '10.0.0.9', end: '10.0.0.1' }], 'invalid-ip-range trustedIpRanges[0]'],
    ['permittedUsers', 'everybody', 'wrong-type permittedUsers'],
    ['certificate', '-----BEGIN PRIVATE KEY-----', 'option-not-offered certificate'],
  ])('%s = %j is refused', (option, value, expected) => {
    expect(problems(declare({ [option]: value }))).toEqual([expected]);
  });

  it('of lists without order are sorted, so that their order never matters', () => {
    const app = valid(
      declare({
        customAttributes: { z: 'Organization.City', a: 'Organization.Country' },
        trustedIpRanges: [
          { start: '10.0.0.5', end: '10.0.0.6' },
          { start: '10.0.0.1', end: '10.0.0.2', description: 'Office' },
        ],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['B', 'A', 'B'], profiles: ['Y', 'X'] }),
      }),
    );
    expect(app.customAttributes?.map(({ key }) => key)).toEqual(['a', 'z']);
    expect(app.trustedIpRanges?.map(({ start }) => start)).toEqual(['10.0.0.1', '10.0.0.5']);
    expect(app.permittedUsers).toEqual({ policy: 'pre-authorized', permissionSets: ['A', 'B'], profiles: ['X', 'Y'] });
  });

  it('may be a longer API name where the app is adopted', () => {
    const apiName = 'A'.repeat(40);
    expect(problems(declare({ apiName }))).toEqual(['invalid-api-name apiName']);
    expect(problems(declare({ apiName, adopt: true }))).toEqual([]);
  });

  it('never show a private key', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIplanted';
    for (const option of ['label', 'contactEmail', 'infoUrl', 'apiName']) {
      const result = declare({ [option]: key });
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain('MIIplanted');
    }
    const bare = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCplanted${'Ab0+/9'.repeat(40)}`;
    for (const option of ['label', 'description', 'infoUrl', 'contactEmail']) {
      const result = declare({ [option]: bare });
      expect(problems(result)).toEqual([`credential-given ${option}`]);
      expect(JSON.stringify(result)).not.toContain('planted');
    }
    const asCertificate = declareMachineApp({ ...machineProps, certificate: key }, context);
    expect(problems(asCertificate)).toEqual(['wrong-type certificate']);
    expect(JSON.stringify(asCertificate)).not.toContain('MIIplanted');
  });

  it.each([
    ['on one line', `MIIplanted${'Ab0+/9'.repeat(40)}`],
    ['in lines', `MIIplanted${`${'Ab0+'.repeat(16)}\n`.repeat(10)}`],
  ])('never show a key without the lines around it where a certificate is expected: %s', (_, key) => {
    const given = [key, new CertificateOption(parseCertificate(key))];
    for (const certificate of given) {
      const result = declareMachineApp({ ...machineProps, certificate }, context);
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain('MIIplanted');
    }
  });
});
