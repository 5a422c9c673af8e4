import fc from 'fast-check';

import { MachineApp, PermittedUsers, PrivateClientApp, RefreshTokenPolicy, Scope, Username } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import { checkAll } from '../../lib/policy/check';
import { declaredExceptions, indexExceptions } from '../../lib/policy/exceptions';
import type { AppPosture } from '../../lib/policy/posture';
import { postureOf } from '../../lib/policy/posture/of-app';
import { orgPosture } from '../../lib/policy/posture/org';
import { unreadable } from '../../lib/policy/reading';
import { justification, machineProps, orgIn, privateProps, program } from '../constructs/support';
import { BAD_CONSUMER, BAD_POLICIES, BAD_SCOPES } from './insecure';
import {
  changed,
  connectedApp,
  defaults,
  excuse,
  installed,
  judgeOrg,
  machine,
  oauthConfig,
  observedDefault,
  observedOf,
  org,
  privateApp,
  publicApp,
  reportOf,
  resultOf,
  TODAY,
  withExceptions,
  withOutcome,
} from './support';

describe('severity', () => {
  const noPkce = { global: { isPkceRequired: false } };

  it('rises to the end of the range where a raising condition holds', () => {
    expect(resultOf(reportOf(publicApp(noPkce)), 'SFCA-ECA-PKCE')).toMatchObject({ cvss: 8.9, severity: 'high' });
  });

  it('falls to its beginning where a lowering condition holds', () => {
    expect(resultOf(reportOf(privateApp(noPkce)), 'SFCA-ECA-PKCE')).toMatchObject({ cvss: 7, severity: 'high' });
  });

  it('follows the conditions across bands', () => {
    const severities = ['Enforce_RelaxRefresh', 'Bypass_2factor', 'Bypass'].map(
      (policy) =>
        resultOf(reportOf(privateApp({ policies: { ipRelaxationPolicyType: policy } })), 'SFCA-ECA-IP-RELAXATION')
          .severity,
    );
    expect(severities).toEqual(['medium', 'high', 'high']);
    const onlyPkce = org({ blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: true });
    expect(resultOf(judgeOrg(org()), 'SFCA-ORG-OAUTH-FLOWS').severity).toBe('critical');
    expect(resultOf(judgeOrg(onlyPkce), 'SFCA-ORG-OAUTH-FLOWS').severity).toBe('high');
  });

  it('says of a condition that was not read that it was not read, and does not count it', () => {
    const on = { global: { isClientCredentialsFlowEnabled: true }, policies: { isClientCredentialsFlowEnabled: true } };
    const result = resultOf(reportOf(machine(on)), 'SFCA-ECA-CLIENT-CREDENTIALS');
    expect(result.conditions.map(({ holds }) => holds)).toEqual(['unknown', 'unknown']);
    expect(result.cvss).toBe(8);
  });
});

describe('an app that could not be classified', () => {
  const contradictory = privateApp({
    global: { isSecretRequiredForRefreshToken: false, callbackUrl: undefined, isDeviceFlowEnabled: true },
    oauth: { commaSeparatedOauthScopes: ['Api', 'CDPIngest', 'RefreshToken'] },
  }).app;

  it('is judged by both policies, the worst counts, and the report says so', () => {
    const report = reportOf({ app: contradictory });
    expect(report.kind).toMatchObject({ kind: 'unclassified', judged_as: ['private', 'public'] });
    expect(resultOf(report, 'SFCA-APP-SCOPES-BY-KIND')).toMatchObject({
      outcome: 'fail',
      because: expect.stringContaining('Judged as a public client'),
      by_kind: [
        { kind: 'private', outcome: 'pass' },
        { kind: 'public', outcome: 'fail' },
      ],
    });
  });

  it('is not judged by what is right for one kind and wrong for the other', () => {
    const report = reportOf({ app: contradictory });
    for (const id of ['SFCA-ECA-SECRET-REFRESH', 'SFCA-APP-PUBLIC-SECRET']) {
      expect(resultOf(report, id).outcome).toBe('not-evaluated');
    }
  });

  it('is told so only where the policies disagree', () => {
    const { because } = resultOf(reportOf({ app: contradictory }), 'SFCA-ECA-PKCE');
    expect(because).toBe('Code flows of this app fail without PKCE.');
  });

  it('is judged by one policy once somebody states the kind', () => {
    const report = reportOf({ app: contradictory, kind: 'public' });
    expect(resultOf(report, 'SFCA-ECA-SECRET-REFRESH').outcome).toBe('not-applicable');
  });
});

describe("a vendor's app", () => {
  it('is judged by what the admin can change, and by nothing else', () => {
    const report = reportOf(
      installed({
        global: BAD_CONSUMER,
        oauth: BAD_SCOPES,
        policies: { ...BAD_POLICIES, sessionTimeoutInMinutes: 60 },
      }),
    );
    expect(report.subject).toMatchObject({ third_party: true });
    expect(withOutcome(report, 'fail')).toEqual([
      'SFCA-APP-REFRESH-LIFETIME',
      'SFCA-APP-SELF-AUTHORIZED',
      'SFCA-APP-TOKEN-EXCHANGE',
      'SFCA-ECA-CLIENT-CREDENTIALS',
      'SFCA-ECA-IP-RELAXATION',
      'SFCA-ECA-RUN-AS-USER',
      'SFCA-ECA-SESSION-LEVEL',
    ]);
  });

  it('is judged although its settings do not come back at all', () => {
    const report = reportOf(installed({ absent: ['global', 'oauth'], policies: BAD_POLICIES }));
    expect(report.kind?.kind).toBe('unclassified');
    expect(withOutcome(report, 'fail')).toContain('SFCA-ECA-IP-RELAXATION');
    expect(withOutcome(report, 'fail')).not.toContain('SFCA-ECA-PKCE');
  });
});

describe('a program with justified options', () => {
  it('fails nothing: each justification excuses what its option breaks, and is used', () => {
    const app = program();
    const prod = orgIn(app);
    prod.assumes({ codeAndCredentialsFlow: true });
    new PrivateClientApp(prod, 'Portal', {
      ...privateProps,
      scopes: [Scope.API, Scope.REFRESH_TOKEN],
      pkce: { required: false, justification },
      refreshTokenRotation: { enabled: false, justification },
      refreshTokens: RefreshTokenPolicy.neverExpires(justification),
      deviceFlow: { enabled: true, justification },
      introspectAllTokens: { enabled: true, justification },
      tokenExchange: { enabled: true, justification },
      codeAndCredentials: { postBodyOnly: { required: false, justification } },
    });
    new MachineApp(prod, 'Feed', {
      label: 'Feed',
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({}),
      clientCredentials: { runAs: Username.of('feed@acme.example'), justification },
    });
    new MachineApp(prod, 'Both', machineProps);
    const [manifest] = synthManifests(app);
    if (!manifest) throw new Error('the program declares one org');
    const { apps } = observedOf(manifest);
    const exceptions = indexExceptions(manifest.apps.flatMap(declaredExceptions), TODAY);
    const kinds = new Map(manifest.apps.map(({ api_name, kind }) => [api_name, { kind, by: 'declared' as const }]));
    const postures = [...apps.values()].map((each) => postureOf(each, { origin: 'declared' }));
    const org = orgPosture({}, { origin: 'declared', assumptions: { codeAndCredentialsFlow: true } });
    const { reports, diagnostics } = checkAll(postures, { today: TODAY, exceptions, org }, kinds);
    expect(diagnostics).toEqual([]);
    expect(reports.flatMap((report) => withOutcome(report, 'fail'))).toEqual([]);
    expect(reports.map((report) => withOutcome(report, 'justified'))).toEqual([
      [],
      ['SFCA-ECA-CLIENT-CREDENTIALS'],
      ['SFCA-ECA-CLIENT-CREDENTIALS', 'SFCA-ECA-JWT-BEARER'],
      [
        'SFCA-APP-CODE-CREDENTIALS-POST-BODY',
        'SFCA-APP-INTROSPECTION',
        'SFCA-APP-REFRESH-LIFETIME',
        'SFCA-APP-TOKEN-EXCHANGE',
        'SFCA-ECA-DEVICE-FLOW',
        'SFCA-ECA-PKCE',
        'SFCA-ECA-ROTATION',
      ],
    ]);
  });
});

describe('a report', () => {
  it('is plain data that survives JSON', () => {
    const report = reportOf(machine({ policies: BAD_POLICIES }));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('shows the stored value of each field, without what may be secret in it', () => {
    const report = reportOf(
      privateApp({
        global: { callbackUrl: ['https://user:hunter2@a.example/cb?key=hunter2'], isConsumerSecretOptional: true },
      }),
    );
    expect(JSON.stringify(report)).not.toContain('hunter2');
    expect(resultOf(report, 'SFCA-ECA-SECRET-WEB-SERVER').observed).toEqual([
      { field: 'ExtlClntAppGlobalOauthSettings.isConsumerSecretOptional', state: 'value', value: 'true' },
    ]);
  });

  it('says which half of a switch is on', () => {
    const because = (changes: Parameters<typeof machine>[0]): string =>
      resultOf(reportOf(machine(changes)), 'SFCA-ECA-CLIENT-CREDENTIALS').because;
    expect(because({ global: { isClientCredentialsFlowEnabled: true } })).toContain("the developer's half");
    expect(because({ policies: { isClientCredentialsFlowEnabled: true } })).toContain("the admin's half");
  });

  it('names the app, and the reason of an exception with its ticket', () => {
    const app = machine({ policies: { ipRelaxationPolicyType: 'Bypass' } });
    const exception = { ...excuse('Feed', 'SFCA-ECA-IP-RELAXATION'), ticket: 'SEC-1' };
    const report = reportOf(app, withExceptions([exception]));
    expect(report.subject).toMatchObject({ api_name: 'Feed', label: 'Feed', stopped: false });
    expect(resultOf(report, 'SFCA-ECA-IP-RELAXATION').exception).toEqual({
      reason: exception.reason,
      approved_by: exception.approvedBy,
      expires: exception.expires,
      ticket: 'SEC-1',
      path: 'baseline.json',
    });
  });

  it('says that an app was switched off', () => {
    expect(reportOf(machine({ general: { isEnabled: false } })).subject).toMatchObject({ stopped: true });
  });
});

describe('whatever was read', () => {
  const { app } = privateApp();
  const names = Object.keys(app.fields) as (keyof AppPosture['fields'])[];

  it('judging it gives an outcome for every control and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('absent', 'unreadable')), { maxLength: 40 }),
        fc.boolean(),
        fc.constantFrom('present' as const, 'absent' as const, 'unreadable' as const),
        (losses, thirdParty, oauth) => {
          const fields = { ...app.fields } as Record<string, unknown>;
          for (const [name, state] of losses) fields[name] = state === 'absent' ? { state } : unreadable('no access');
          const posture = { ...app, thirdParty, oauth, fields: fields as unknown as AppPosture['fields'] };
          for (const { because } of reportOf({ app: posture }).results) expect(because).not.toContain('undefined');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a field that nobody could read is never a violation of the control that needs it', () => {
    for (const part of ['global', 'oauth', 'policies'] as const) {
      expect(withOutcome(reportOf(privateApp({ unreadable: [part] })), 'fail')).toEqual([]);
    }
  });
});

describe('a thousand apps', () => {
  it('are each judged by every control; the bench tells how fast', () => {
    const observed = observedDefault('Portal');
    const bad = changed(observed, { global: BAD_CONSUMER, oauth: BAD_SCOPES, policies: BAD_POLICIES });
    const apps = Array.from({ length: 1000 }, (_, i) =>
      postureOf({ ...(i % 2 === 0 ? observed : bad), apiName: `App${i}` }, { origin: 'read' }),
    );
    const settings = orgPosture(defaults().settings, { origin: 'read' });
    const { reports } = checkAll(apps, { today: TODAY, org: settings });
    expect(reports).toHaveLength(1001);
    const judged = new Set(reports.map(({ subject, results }) => `${subject.type} ${results.length}`));
    expect(judged.size).toBe(2);
  });
});

it('what is said of a result is made of whole sentences', () => {
  const twin = connectedApp(oauthConfig().replace('<isPkceRequired>true', '<isPkceRequired>false'), 'private');
  const unsure = connectedApp(
    '<oauthConfig><callbackUrl>https://a.example/cb</callbackUrl><scopes>Full</scopes></oauthConfig>',
  );
  const reports = [twin, unsure].map((each) => reportOf({ ...each, app: { ...each.app, sharesName: true } }));
  const said = reports.flatMap(({ results }) => results.map(({ because }) => because));
  const joined = said.filter((text) => /An External Client App has the same name:|Judged as a/.test(text));
  expect(joined.length).toBeGreaterThan(1);
  for (const text of joined) {
    expect(text).toMatch(/^[^]+[.!?] (An External Client App has the same name:|Judged as a)/);
  }
});
