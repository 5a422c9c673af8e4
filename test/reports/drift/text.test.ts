import { driftText } from '../../../lib/reports/drift/text';
import { diagnose } from '../../../lib/values/diagnose';
import { bench, declared, twoApps } from '../../operations/support';
import { app, change, orgPlan, pkceOff } from '../plan/support';

describe('drift as text', () => {
  test('names what an admin changed: declared and present value, and what it does to security', async () => {
    const org = await bench();
    const manifest = declared(twoApps);
    await org.apply(manifest);
    await org.tamper(
      'ExtlClntAppGlobalOauthSettings',
      'Mobile_glbloauth',
      'extlClntAppGlobalOauthSets/Mobile_glbloauth.ecaGlblOauth',
      /<isPkceRequired>true/,
      '<isPkceRequired>false',
    );
    await org.tamper(
      'ExtlClntAppOauthSettings',
      'Portal_oauth',
      'extlClntAppOauthSettings/Portal_oauth.ecaOauth',
      /<commaSeparatedOauthScopes>/,
      '<commaSeparatedOauthScopes>Full, ',
    );
    const { plan } = await org.drift(manifest);
    await org.close();
    const shown = driftText([plan]);
    expect(shown).toMatch(/weaker {2}Require .*\(isPkceRequired\): declared true, org has false/);
    expect(shown).toMatch(/weaker {2}OAuth scopes .*: declared Api, org has Api, Full/);
    expect(shown).toContain("added Full; the org's value widens access");
    expect(shown).toContain('Drift in prod: 2 fields.');
  });

  test('judges the way there, not the way back', () => {
    const replaced = change({
      type: 'ExtlClntAppOauthConfigurablePolicies',
      field: 'clientCredentialsFlowUser',
      title: 'Client credentials: run as',
      before: { state: 'value', value: 'evil@acme.example' },
      after: { state: 'value', value: 'good@acme.example' },
      effect: 'widens',
    });
    expect(driftText([orgPlan([app({ action: 'update', changes: [replaced] })])])).toContain(
      'weaker  Client credentials',
    );
  });

  test('judges the lifetime of refresh tokens by type, period and unit together', () => {
    const shorter = change({
      type: 'ExtlClntAppOauthConfigurablePolicies',
      field: 'refreshTokenValidityUnit',
      title: 'Refresh token validity unit',
      before: { state: 'value', value: 'Hours' },
      after: { state: 'value', value: 'Days' },
      effect: 'widens',
    });
    expect(driftText([orgPlan([app({ action: 'update', changes: [shorter] })])])).toContain('tighter Refresh token');
  });

  test('tells an app that is missing in one line, and counts it', () => {
    const shown = driftText([orgPlan([app({ action: 'create', changes: [pkceOff] })])]);
    expect(shown).toContain('declared, not in the org');
    expect(shown).not.toContain('isPkceRequired');
    expect(shown).toContain('Drift in prod: 1 missing app.');
  });

  test('tells a stopped app as drift, and one that the code no longer declares', () => {
    expect(driftText([orgPlan([app({ stopped: true })])])).toContain('Drift in prod: 1 stopped app.');
    expect(driftText([orgPlan([app({ action: 'orphaned' })])])).toContain('Drift in prod: 1 app no longer declared.');
  });

  test('tells an app as missing, not as weakened field by field, where its creation is blocked', () => {
    const error = diagnose('permission-set-missing', { path: 'p' }, { names: 'x' });
    const blocked = app({ action: 'blocked', missing: true, changes: [pkceOff] });
    const shown = driftText([orgPlan([blocked], { diagnostics: [error] })]);
    expect(shown).toContain('declared, not in the org; see the errors below');
    expect(shown).not.toContain('weaker');
    expect(shown).toContain('Drift in prod: 1 missing app.');
  });

  test('says what it did not compare', () => {
    const consents = { ...orgPlan([]).consents, except: ['Skipped'] };
    const shown = driftText([orgPlan([app({ api_name: 'Skipped', stopped: true }), app({})], { consents })]);
    expect(shown).toContain('In sync: everything compared in prod matches the code.');
    expect(shown).toContain('Not compared with the org: 1 app left out of this run (Skipped).');
  });

  test('never says in sync where an error kept it from being known', () => {
    const error = diagnose('fact-unread', { path: 'p', severity: 'error' }, { reason: 'x' });
    expect(driftText([orgPlan([app({})], { diagnostics: [error] })])).not.toContain('In sync');
  });
});
