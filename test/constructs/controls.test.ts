import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { TerraformStack } from 'cdktf';

import {
  Duration,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
} from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import {
  justification,
  machineProps,
  orgIn,
  privateProps,
  program,
  publicProps,
  removeTemporaryFolders,
  threeApps,
  thrownBy,
} from './support';

afterEach(removeTemporaryFolders);

const powerful = { ...publicProps, scopes: [Scope.FULL, Scope.REFRESH_TOKEN] } as const;
const fieldApp = {
  ...publicProps,
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
} as const;
const found = (app: Parameters<typeof diagnosticsOf>[0]) =>
  diagnosticsOf(app).map(({ code, severity, path }) => `${severity} ${path} ${code}`);

describe('the security controls at synth', () => {
  it('let the three constructs pass with their defaults', () => {
    const app = program();
    const prod = orgIn(app);
    new PrivateClientApp(prod, 'Portal', privateProps);
    new PublicClientApp(prod, 'FieldApp', fieldApp);
    const { clientCredentials: _justified, ...byCertificate } = machineProps;
    new MachineApp(prod, 'Feed', byCertificate);
    expect(found(app)).toEqual([]);
  });

  it('stop what violates a serious one: where, what, what to do, and where in the code', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', powerful);
    const error = thrownBy(() => app.synth());
    const violation = error.diagnostics.find(({ code }) => code === 'SFCA-APP-SELF-AUTHORIZED');
    expect(violation).toMatchObject({ severity: 'error', path: 'identity/prod/FieldApp' });
    expect(violation?.declaredAt).toMatch(/^test\/constructs\/controls\.test\.ts:\d+$/);
    expect(error.message).toMatch(/to do: .*org\.exempt\(app, 'SFCA-APP-SELF-AUTHORIZED'/);
    expect(error.message).toContain('in code: test/constructs/controls.test.ts:');
  });

  it('stop a phone app that everybody may approve and that keeps its access', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', { ...publicProps, scopes: [Scope.API, Scope.REFRESH_TOKEN] });
    expect(found(app)).toEqual(['error identity/prod/FieldApp SFCA-APP-SELF-AUTHORIZED']);
  });

  it('warn of the others, as an annotation that cdktf prints', () => {
    const app = program();
    new PrivateClientApp(orgIn(app), 'Portal', { ...privateProps, permittedUsers: PermittedUsers.selfAuthorized() });
    expect(found(app)).toEqual(['warning identity/prod/Portal SFCA-APP-SELF-AUTHORIZED']);
    app.synth();
    const annotations = readFileSync(join(app.outdir, 'manifest.json'), 'utf8');
    expect(annotations).toContain('SFCA-APP-SELF-AUTHORIZED');
    expect(annotations).toMatch(/in code: test\/constructs\/controls\.test\.ts:\d+/);
  });

  it('count what is justified on its option as justified', () => {
    const app = program();
    new MachineApp(orgIn(app), 'Feed', machineProps);
    expect(found(app)).toEqual([]);
  });

  it('judge the settings of the org that the program states', () => {
    const app = program();
    orgIn(app).oauthSettings({ blockUsernamePasswordFlow: false, blockUserAgentFlow: false, requirePkce: false });
    expect(found(app)).toEqual(['error identity/prod SFCA-ORG-OAUTH-FLOWS']);
  });

  it('warn in the last thirty days of a justification', () => {
    const app = program();
    const prod = orgIn(app, { today: '2027-01-02' });
    new MachineApp(prod, 'Feed', machineProps);
    expect(found(app)).toEqual(['warning identity/prod/Feed exception-expires-soon']);
  });
});

describe('an exemption', () => {
  it('that is wrong is reported with the line of its own, not with that of the app', () => {
    const app = program();
    const prod = orgIn(app);
    const field = new PublicClientApp(prod, 'FieldApp', powerful);
    const before = Number(/controls\.test\.ts:(\d+)/.exec(new Error().stack ?? '')?.[1]);
    prod.exempt(field, 'SFCA-APP-SELF-AUTHORIZED', { ...justification, expires: '2020-01-01' });
    const wrong = thrownBy(() => app.synth()).diagnostics.find(({ field: at }) => at?.startsWith('exempt('));
    expect(wrong?.declaredAt).toBe(`test/constructs/controls.test.ts:${before + 1}`);
  });

  it('lets an app be what a control objects to, and stands in the manifest', () => {
    const app = program();
    const prod = orgIn(app);
    const field = new PublicClientApp(prod, 'FieldApp', powerful);
    const codes = new Set(diagnosticsOf(app).map(({ code }) => code));
    for (const code of codes) prod.exempt(field, code, { ...justification, ticket: 'SEC-7' });
    expect(found(app)).toEqual([]);
    expect(synthManifests(app)[0]?.apps[0]?.exceptions).toContainEqual({
      control: 'SFCA-APP-SELF-AUTHORIZED',
      reason: 'Old client',
      approved_by: 'sec@acme.example',
      expires: '2027-01-31',
      ticket: 'SEC-7',
    });
  });

  it('is for one app, not for its neighbor', () => {
    const app = program();
    const prod = orgIn(app);
    const first = new PublicClientApp(prod, 'First', powerful);
    new PublicClientApp(prod, 'Second', powerful);
    prod.exempt(first, 'SFCA-APP-SELF-AUTHORIZED', justification);
    const left = found(app).filter((text) => text.includes('SELF-AUTHORIZED'));
    expect(left).toEqual(['error identity/prod/Second SFCA-APP-SELF-AUTHORIZED']);
  });

  it('may be for the settings of the org', () => {
    const app = program();
    const prod = orgIn(app);
    prod.oauthSettings({ blockUsernamePasswordFlow: false });
    prod.exempt(prod, 'SFCA-ORG-OAUTH-FLOWS', justification);
    expect(found(app)).toEqual([]);
    expect(synthManifests(app)[0]?.exceptions).toMatchObject([{ control: 'SFCA-ORG-OAUTH-FLOWS' }]);
  });

  it.each([
    ['from a control that does not exist', 'SFCA-APP-NOTHING', 'exception-unknown-control'],
    ['that excuses nothing', 'SFCA-ECA-PKCE', 'exception-unused'],
    ['from a control that nobody may excuse', 'SFCA-APP-PUBLIC-SECRET', 'exception-not-allowed'],
    ['of an app from a control of the org', 'SFCA-ORG-OAUTH-FLOWS', 'exception-out-of-place'],
  ])('%s is an error', (_, control, code) => {
    const app = program();
    const prod = orgIn(app);
    prod.exempt(new PublicClientApp(prod, 'FieldApp', publicProps), control, justification);
    expect(found(app)).toContain(`error identity/prod/FieldApp ${code}`);
  });

  it.each([
    ['expired', { ...justification, expires: '2026-06-30' }, 'justification-expired'],
    ['longer than a year', { ...justification, expires: '2027-07-02' }, 'justification-too-long'],
    ['without a name', { ...justification, approvedBy: ' ' }, 'justification-incomplete'],
  ])('%s is an error, and so is the violation', (_, stated, code) => {
    const app = program();
    const prod = orgIn(app);
    prod.exempt(new PublicClientApp(prod, 'FieldApp', powerful), 'SFCA-APP-SELF-AUTHORIZED', stated);
    expect(found(app).some((text) => text.endsWith(code))).toBe(true);
    expect(() => app.synth()).toThrow(code);
  });

  it('of an app of another org, or of something else, is an error', () => {
    const app = program();
    const prod = orgIn(app);
    const uat = new SalesforceOrg(new TerraformStack(app, 'sandbox'), 'uat', { contactEmail: 'iam@acme.example' });
    const other = new PublicClientApp(uat, 'FieldApp', powerful);
    prod.exempt(other, 'SFCA-APP-SELF-AUTHORIZED', justification);
    prod.exempt('FieldApp' as never, 'SFCA-APP-SELF-AUTHORIZED', justification);
    const codes = diagnosticsOf(app).map(({ code }) => code);
    expect(codes.filter((code) => code === 'exemption-out-of-place')).toHaveLength(2);
  });
});

describe('an insecure twin', () => {
  it('of a private client fails exactly what it should', () => {
    const app = program();
    new PrivateClientApp(orgIn(app), 'Portal', {
      ...privateProps,
      scopes: [Scope.FULL, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.selfAuthorized(),
      refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(300)),
    });
    expect(found(app).map((text) => text.split(' ').at(-1))).toEqual([
      'SFCA-APP-REFRESH-LIFETIME',
      'SFCA-APP-SELF-AUTHORIZED',
      'SFCA-ECA-SCOPES',
    ]);
  });

  it('is not hidden by its neighbors', () => {
    const { app, prod } = threeApps();
    const before = found(app);
    new PublicClientApp(prod, 'Insecure', powerful);
    const added = found(app).filter((text) => !before.includes(text));
    expect(added.every((text) => text.includes('/Insecure '))).toBe(true);
    expect(added.length).toBeGreaterThan(0);
  });
});
