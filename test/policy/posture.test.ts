import type { ObservedApp } from '../../lib/metadata/observed';
import { postureOf } from '../../lib/policy/posture/of-app';
import { orgPosture } from '../../lib/policy/posture/org';
import { brokenConnectedApp, changed, connectedApp, defaults, oauthConfig, observedDefault, org } from './support';

const posture = (app: ObservedApp, apiVersion?: number) =>
  postureOf(app, { origin: 'read', ...(apiVersion !== undefined && { apiVersion }) });

describe('the view of an External Client App', () => {
  const portal = observedDefault('Portal');

  it('takes the default of the platform for what is not stated, and says so', () => {
    const { fields } = posture(changed(portal, { global: { isPkceRequired: undefined } }));
    expect(fields.pkceRequired).toEqual({ state: 'value', value: true, implied: true });
  });

  it('turns the inverted field the right way round', () => {
    const { fields } = posture(changed(portal, { global: { isConsumerSecretOptional: true } }));
    expect(fields.secretInWebServerFlow).toEqual({ state: 'value', value: false });
  });

  it('does not take a field for off that the version cannot show', () => {
    const without = changed(portal, { global: { isCodeCredFlowEnabled: undefined } });
    expect(posture(without, 60).fields.codeAndCredentials).toMatchObject({ state: 'unreadable' });
    expect(posture(without, 61).fields.codeAndCredentials).toEqual({ state: 'value', value: false, implied: true });
  });

  it('does not take a certificate for missing that the org may have kept to itself', () => {
    const feed = observedDefault('Feed');
    const hidden = changed(feed, {
      global: { certificate: undefined },
      header: { certificateFingerprint: undefined },
    });
    expect(posture(hidden).fields.certificate).toMatchObject({ state: 'unreadable' });
    expect(postureOf(hidden, { origin: 'declared' }).fields.certificate).toEqual({ state: 'absent' });
  });

  it('does not take a record for empty that was not read', () => {
    const { oauth, fields } = posture(changed(portal, { absent: ['policies'] }));
    expect(oauth).toBe('present');
    expect(fields.permittedUsers).toMatchObject({ state: 'unreadable' });
  });
});

describe('the view of a Connected App', () => {
  it('spells scopes and policies as External Client Apps do', () => {
    const { fields } = connectedApp(
      `${oauthConfig({ scopes: 'SFAP' })}<oauthPolicy><ipRelaxation>BYPASS_2FACTOR</ipRelaxation><refreshTokenPolicy>specific_lifetime:12:HOURS</refreshTokenPolicy></oauthPolicy>`,
    ).app;
    expect(fields.scopes).toEqual({ state: 'value', value: ['SFApiPlatform'] });
    expect(fields.ipRelaxation).toEqual({ state: 'value', value: 'Bypass_2factor' });
    expect(fields.refreshTokenPolicy).toEqual({
      state: 'value',
      value: { type: 'SpecificLifetime', period: 12, unit: 'Hours' },
    });
  });

  it('finds attributes, the audience of ID tokens, and single logout in either place', () => {
    const { fields } = connectedApp(
      `${oauthConfig({ idTokenConfig: '<idTokenAudience>a</idTokenAudience>' })}<oauthPolicy><singleLogoutUrl>https://a.example/out</singleLogoutUrl></oauthPolicy><attributes><formula>$Api.Session_ID</formula><key>s</key></attributes>`,
    ).app;
    expect(fields.customAttributes).toEqual({ state: 'value', value: [{ key: 's', formula: '$Api.Session_ID' }] });
    expect(fields.idToken).toMatchObject({ value: { validityMinutes: 2, audiences: 'a' } });
    expect(fields.singleLogoutUrl).toEqual({ state: 'value', value: 'https://a.example/out' });
    expect(connectedApp(oauthConfig({ singleLogoutUrl: 'https://b.example' })).app.fields.singleLogoutUrl).toEqual({
      state: 'value',
      value: 'https://b.example',
    });
  });

  it('does not take an own app without OAuth for a vendor whose settings stay away', () => {
    const { app } = connectedApp('<oauthPolicy><ipRelaxation>BYPASS</ipRelaxation></oauthPolicy>');
    expect(app).toMatchObject({ thirdParty: false, oauth: 'absent', label: 'Legacy' });
    const own = connectedApp(oauthConfig(), undefined, 'acme__Sync').app;
    expect(own.fields.pkceRequired).toEqual({ state: 'value', value: true });
  });

  it('knows an installed app by its namespace, and that its settings stay with the vendor', () => {
    const { app } = connectedApp(
      '<oauthPolicy><ipRelaxation>BYPASS</ipRelaxation><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy>',
      undefined,
      'acme__Sync',
    );
    expect(app).toMatchObject({ thirdParty: true, oauth: 'present' });
    expect(app.fields.pkceRequired.state).toBe('unreadable');
    expect(app.fields.ipRelaxation).toEqual({ state: 'value', value: 'Bypass' });
    expect(connectedApp(oauthConfig()).app.thirdParty).toBe(false);
  });

  it('is unreadable as a whole where the file is', () => {
    const { oauth, fields } = brokenConnectedApp.app;
    expect(oauth).toBe('unreadable');
    const states = new Set(Object.values(fields).map(({ state }: { state: string }) => state));
    expect([...states].sort()).toEqual(['absent', 'unreadable']);
    expect(fields.pkceRequired.state).toBe('unreadable');
  });
});

describe('the view of the org-wide settings', () => {
  it('takes an empty record for an org in which nothing was ever set', () => {
    expect(org().fields.blocksUsernamePasswordFlow).toEqual({ state: 'value', value: false, implied: true });
  });

  it('leaves open what a program does not state, because the org keeps it', () => {
    const { fields } = orgPosture(defaults().settings, { origin: 'declared' });
    expect(fields.pkceRequired).toEqual({ state: 'value', value: true });
    expect(fields.codeAndCredentialsAllowed.state).toBe('unreadable');
    expect(fields.secretsViaRestApi.state).toBe('unreadable');
  });

  it('believes what a program says others keep true, unless the org was read', () => {
    const assumptions = { codeAndCredentialsFlow: true };
    const assumed = orgPosture({}, { origin: 'declared', assumptions }).fields;
    expect(assumed.codeAndCredentialsAllowed).toEqual({ state: 'value', value: true });
    const read = orgPosture(
      {
        OauthOidcSettings: {
          state: 'present',
          component: { type: 'OauthOidcSettings', fullName: 'OauthOidc', fields: {} },
        },
      },
      { origin: 'read', assumptions },
    ).fields;
    expect(read.codeAndCredentialsAllowed).toMatchObject({ value: false });
    expect(read.secretsViaRestApi).toEqual({
      state: 'unreadable',
      reason: 'no ExternalClientAppSettings record was read',
    });
  });

  it('does not take an unreadable record for an empty one', () => {
    expect(org({}, true).fields.pkceRequired).toMatchObject({ state: 'unreadable' });
  });
});
