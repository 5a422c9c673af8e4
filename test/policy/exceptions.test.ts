import { checkAll } from '../../lib/policy/check';
import { type Exception, indexExceptions } from '../../lib/policy/exceptions';
import { connectedApp, excuse, machine, oauthConfig, org, privateApp, publicApp, TODAY } from './support';

const relaxed = { policies: { ipRelaxationPolicyType: 'Bypass' } };
const ID = 'SFCA-ECA-IP-RELAXATION';

const problems = (exceptions: readonly Exception[], app = privateApp(relaxed).app, today = TODAY) =>
  checkAll([app], { today, exceptions: indexExceptions(exceptions, today), org: org() }).diagnostics.map(
    ({ code, severity }) => `${severity} ${code}`,
  );

describe('exceptions', () => {
  it('are fine where they excuse something and end within a year', () => {
    expect(problems([excuse('Portal', ID)])).toEqual([]);
  });

  it('that excuse nothing are told what the same app does violate', () => {
    const exceptions = indexExceptions([excuse('Portal', 'SFCA-ECA-PKCE')], TODAY);
    const { diagnostics } = checkAll([privateApp(relaxed).app], { today: TODAY, exceptions, org: org() });
    const unused = diagnostics.find(({ code }) => code === 'exception-unused');
    expect(unused?.remedy).toContain(`what is violated: ${ID}`);
  });

  it('are refused for a control that does not exist, and the nearest one is named', () => {
    const { problems: found } = indexExceptions([excuse('Portal', 'SFCA-ECA-IP-RELAXATON')], TODAY);
    expect(found).toEqual([
      expect.objectContaining({
        code: 'exception-unknown-control',
        severity: 'error',
        remedy: expect.stringContaining(ID),
      }),
    ]);
  });

  it('are an error where the app complies without them', () => {
    expect(problems([excuse('Portal', ID)], privateApp().app)).toEqual(['error exception-unused']);
  });

  it('are an error where no such app was judged', () => {
    expect(problems([excuse('Potral', ID)])).toEqual(['error exception-unused']);
  });

  it('are left in peace where nobody could read whether they are needed', () => {
    expect(problems([excuse('Portal', ID)], privateApp({ unreadable: ['policies'] }).app)).toEqual([]);
  });

  it('are scoped to their app', () => {
    const apps = [privateApp(relaxed).app, machine(relaxed).app];
    const exceptions = indexExceptions([excuse('Portal', ID)], TODAY);
    const { reports } = checkAll(apps, { today: TODAY, exceptions });
    const outcomes = reports.map(({ results }) => results.find(({ control }) => control === ID)?.outcome);
    expect(outcomes).toEqual(['justified', 'fail']);
  });

  it('are scoped to one platform where they name it, and needed where either app of that name needs them', () => {
    const legacy = connectedApp(oauthConfig({ scopes: 'Full', isAdminApproved: false }), 'private', 'Portal').app;
    const self = { policies: { permittedUsersPolicyType: 'AllSelfAuthorized' } };
    const strong = privateApp({ ...self, oauth: { commaSeparatedOauthScopes: ['Full'] } }).app;
    const control = 'SFCA-APP-SELF-AUTHORIZED';
    const judged = (exception: Exception, app = strong) => {
      const check = checkAll([app, legacy], { today: TODAY, exceptions: indexExceptions([exception], TODAY) });
      const outcomes = check.reports.map(({ results }) => results.find((each) => each.control === control)?.outcome);
      return { outcomes, codes: check.diagnostics.map(({ code }) => code) };
    };
    const any = excuse('Portal', control);
    expect(judged(any)).toEqual({ outcomes: ['justified', 'justified'], codes: [] });
    expect(judged({ ...any, platform: 'connected-app' })).toEqual({ outcomes: ['fail', 'justified'], codes: [] });
    // Whichever of the two comes last says nothing about the other one.
    expect(judged(any, privateApp().app)).toEqual({ outcomes: ['pass', 'justified'], codes: [] });
    expect(judged({ ...any, platform: 'external-client-app' }, privateApp().app)).toEqual({
      outcomes: ['pass', 'fail'],
      codes: ['exception-unused'],
    });
  });

  it('warn in their last 30 days and are an error from the day after their end', () => {
    const exception = [excuse('Portal', ID, '2026-12-31')];
    const app = privateApp(relaxed).app;
    expect(problems(exception, app, '2026-11-30')).toEqual([]);
    expect(problems(exception, app, '2026-12-01')).toEqual(['warning exception-expires-soon']);
    expect(problems(exception, app, '2026-12-31')).toEqual(['warning exception-expires-soon']);
    expect(problems(exception, app, '2027-01-01')).toEqual(['error justification-expired']);
  });

  it('last for a year at most', () => {
    expect(problems([excuse('Portal', ID, '2027-07-01')])).toEqual([]);
    expect(problems([excuse('Portal', ID, '2027-07-02')])).toEqual(['error justification-too-long']);
  });

  it('name a reason, somebody who approved, and a day that exists', () => {
    const incomplete = { ...excuse('Portal', ID, '2026-02-30'), reason: ' ', approvedBy: '' };
    expect(problems([incomplete])).toEqual(Array(3).fill('error justification-incomplete'));
  });

  it('never excuse a secret in a public client', () => {
    const app = publicApp({ global: { isConsumerSecretOptional: false } }).app;
    expect(problems([excuse('FieldApp', 'SFCA-APP-PUBLIC-SECRET')], app)).toEqual(['error exception-not-allowed']);
  });

  it('are told where a control of the org is excused for an app, or vice versa', () => {
    expect(problems([excuse('Portal', 'SFCA-ORG-OAUTH-FLOWS')])).toEqual(['error exception-out-of-place']);
    expect(problems([excuse(undefined, ID)])).toEqual(['error exception-out-of-place']);
    expect(problems([excuse(undefined, 'SFCA-ORG-OAUTH-FLOWS')])).toEqual([]);
  });

  it('excuse once: a second one for the same control is unused', () => {
    const second = { ...excuse('Portal', ID), reason: 'Another one' };
    expect(problems([excuse('Portal', ID), second])).toEqual(['error exception-unused']);
  });

  it('for an option that no control is about are an error', () => {
    const odd: Exception = { ...excuse('Portal', ID), option: 'label', controls: [] };
    expect(problems([odd])).toEqual(['error exception-unknown-control']);
  });
});
