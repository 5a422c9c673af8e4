import { Certificate, MachineApp, PermittedUsers, Scope } from '../../../constructs';
import type { OrgPlan } from '../../../lib/plan/plan';
import { planOf } from '../../../lib/plan/plan-file';
import { planText } from '../../../lib/reports/plan/text';
import type { RenderOptions } from '../../../lib/reports/style';
import { diagnose, diagnoseInWords } from '../../../lib/values/diagnose';
import { bench, declared, SEED, TODAY, twoApps } from '../../operations/support';
import { app, change, fullScope, orgPlan, pkceOff } from './support';

/** In the heading, or said of all new apps. */
const SHARED = ['label', 'contactEmail', 'permittedUsersPolicyType'];

const text = (plan: OrgPlan, options?: RenderOptions): string => planText(planOf([plan]), options);

describe('the plan of an org with hand-made apps, as text', () => {
  let shown = '';
  let verbose = '';
  let planned: OrgPlan;

  beforeAll(async () => {
    const org = await bench({ seedDir: SEED });
    planned = await org.plan(declared(twoApps));
    shown = text(planned);
    verbose = text(planned, { verbose: true });
    await org.close();
  });

  test('names org, organization id, address and API version', () => {
    expect(shown).toContain('Org prod (identity/prod)\n');
    expect(shown).toContain(`organization ${planned.org_id} at ${planned.instance_url}, API version 66.0`);
  });

  test('shows the phases in order, org settings first', () => {
    const titles = shown.split('\n').filter((line) => line.includes('Phase '));
    expect(titles.map((line) => /Phase (\d) of (\d)/.exec(line)?.slice(1))).toEqual([
      ['1', '3'],
      ['2', '3'],
      ['3', '3'],
    ]);
    expect(shown.indexOf('oAuthCdCrdtFlowEnable')).toBeLessThan(shown.indexOf('+ Mobile'));
    expect(shown.indexOf('blockOAuthUnPwFlow')).toBeGreaterThan(shown.indexOf('+ Portal'));
  });

  test('shows every field of every app to be created, by the words of Setup and by its metadata name', () => {
    const changes = planned.apps.flatMap((each) => each.changes);
    expect(changes.length).toBeGreaterThan(40);
    for (const { title, field } of changes) {
      expect(verbose).toMatch(new RegExp(`^ +${escape(`${title} (${field}): `)}`, 'm'));
    }
  });

  test('a new app is what its author stated and a number of secure defaults, unless all of them are asked for', () => {
    for (const { api_name: name, changes } of planned.apps) {
      const counted = changes.filter(({ ownership, effect }) => ownership === 'default' && effect !== 'widens');
      expect(counted.length).toBeGreaterThan(10);
      const [heading = '', ...lines] = shown.slice(shown.indexOf(`+ ${name}: `)).split('\n');
      expect(heading).toMatch(new RegExp(` client app \\+ ${counted.length} secure defaults$`));
      const end = lines.findIndex((each) => each === '' || each.startsWith('    + '));
      const part = lines.slice(0, end).join(' ').replace(/\s+/g, ' ');
      for (const { title, field, ownership, effect } of changes.filter((each) => !SHARED.includes(each.field))) {
        const twice = changes.filter((each) => each.title === title).length > 1;
        const given = ownership === 'stated' || effect === 'widens';
        if (!twice) expect([field, part.includes(`${title}: `)]).toEqual([field, given]);
      }
    }
    expect(shown.split('\n').length).toBeLessThan(verbose.split('\n').length / 2);
    expect(verbose).not.toContain('--verbose');
  });

  test('a new app has no before, so that nothing of it widens or narrows', () => {
    for (const text of [shown, verbose]) {
      const [, apps = ''] = text.split(/Phase [23] of 3/);
      expect(apps).toContain('+ Mobile');
      expect(apps).not.toMatch(/widens|narrows|neutral|mixed/);
    }
  });

  test('marks what the code leaves to a secure default', () => {
    expect(verbose).toMatch(/Enable Refresh Token Rotation \(isRefreshTokenRotationEnabled\): true \[default\]/);
    expect(verbose).toMatch(/OAuth scopes \(commaSeparatedOauthScopes\): Api\n/);
    expect(shown).toContain('OAuth scopes: Api;');
  });

  test('counts the hand-made apps as unmanaged and names them', () => {
    expect(shown).toMatch(/Unmanaged, left alone \(3\): .*Data_Loader_Nightly/);
    expect(shown).toContain('Plan for prod: 2 to create, 3 unmanaged;');
  });
});

describe('a change of an existing app, as text', () => {
  test('shows before and after, effect, and what clients feel', () => {
    const shown = text(orgPlan([app({ action: 'update', changes: [pkceOff], effect: 'narrows' })]));
    expect(shown).toContain('~ Portal: private client app, will be updated\n');
    expect(shown).toMatch(/narrows Require .*\(isPkceRequired\): false -> true/);
    expect(shown).toContain('breaks clients that send no code_challenge');
  });

  test('shows a list by the members that come, go and stay', () => {
    const shown = text(orgPlan([app({ action: 'update', changes: [fullScope] })]));
    expect(shown).toContain('(commaSeparatedOauthScopes): - Full (stays: Api, RefreshToken)');
  });

  test('tells that the app is adopted, what stays, and what the org does not return', () => {
    const shown = text(
      orgPlan([
        app({
          action: 'update',
          adopts: true,
          changes: [pkceOff],
          kept: [
            {
              type: 'ExternalClientApplication',
              field: 'infoUrl',
              title: 'Info URL',
              value: { state: 'value', value: 'https://info.example' },
            },
          ],
          unreadable: ['ExtlClntAppGlobalOauthSettings.certificate'],
        }),
      ]),
    );
    expect(shown).toContain('adopts the app that exists in the org');
    expect(shown).toContain('stays   Info URL (infoUrl): https://info.example');
    expect(shown).toMatch(
      /ExtlClntAppGlobalOauthSettings\.certificate: .*compared by what the ownership line records; it is sent/,
    );
  });

  test('is counted where it widens access', () => {
    const widening = { ...pkceOff, effect: 'widens' } as const;
    expect(text(orgPlan([app({ action: 'update', changes: [widening] })]))).toContain(
      'Plan for prod: 1 to update; 1 change widens existing access.',
    );
    const half = { ...pkceOff, effect: 'mixed' } as const;
    expect(text(orgPlan([app({ action: 'update', changes: [widening, half] })]))).toContain(
      '; 2 changes widen existing access, 1 of them in one respect only.',
    );
  });
});

describe('what is not written, as text', () => {
  test('is told with its reason: blocked, stopped, orphaned, left alone, in sync', () => {
    const shown = text(
      orgPlan(
        [
          app({ api_name: 'Blocked', action: 'blocked' }),
          app({ api_name: 'Off', stopped: true }),
          app({ api_name: 'Old', action: 'orphaned' }),
          app({ api_name: 'Skipped' }),
          app({ api_name: 'Fine' }),
        ],
        {
          consents: { ...orgPlan([]).consents, except: ['Skipped'] },
          diagnostics: [diagnoseInWords('adoption-needed', { path: 'identity/prod/Blocked', problem: 'p' })],
        },
      ),
    );
    expect(shown).toContain('! Blocked');
    expect(shown).toContain('stopped in the org: it stays off');
    expect(shown).toContain('? Old');
    expect(shown).toContain('Left alone in this run (1): Skipped');
    expect(shown).toContain('In sync (1): Fine');
    expect(shown).toContain('error: identity/prod/Blocked: p [adoption-needed]');
    expect(shown).toContain('Nothing can be applied to prod');
    expect(shown).not.toContain('No changes');
  });

  test('is one sentence where the org has what the code declares', () => {
    expect(text(orgPlan([app({})]))).toContain('No changes: prod matches the code.');
  });

  test('is never called in sync where it is stopped', () => {
    const shown = text(orgPlan([app({ api_name: 'Off', stopped: true }), app({ api_name: 'Fine' })]));
    expect(shown).toContain('= Off "Portal": private client app, stopped in the org (');
    expect(shown).toContain('Plan for prod: 1 in sync, 1 stopped.');
    expect(shown).toContain('Nothing to apply, but prod does not match the code: 1 app stopped in the org (Off).');
    expect(shown).not.toContain('No changes');
  });

  test('names what was left out, and claims nothing for it', () => {
    const consents = { ...orgPlan([]).consents, except: ['Skipped'] };
    const some = text(orgPlan([app({ api_name: 'Skipped', stopped: true }), app({ api_name: 'Fine' })], { consents }));
    expect(some).toContain('Plan for prod: 1 in sync, 1 left alone.');
    expect(some).toContain('No changes: everything compared in prod matches the code.');
    expect(some).toContain('Not compared with the org: 1 app left out of this run (Skipped).');
    const none = text(orgPlan([app({ api_name: 'Skipped' })], { consents }));
    expect(none).toContain('No changes: nothing in prod was compared.');
  });

  test('names an app that is kept although the code no longer declares it', () => {
    const shown = text(orgPlan([app({ api_name: 'Old', action: 'orphaned' })]));
    expect(shown).toContain(
      'Nothing to apply, but prod does not match the code: 1 app no longer declared, still in the org (Old).',
    );
  });

  test('names a field that the org does not return, and one that Salesforce forces', () => {
    const unread = text(orgPlan([app({ unreadable: ['ExtlClntAppGlobalOauthSettings.certificate'] })]));
    expect(unread).toContain('No changes: everything compared in prod matches the code.');
    expect(unread).toContain(
      'Not compared with the org: 1 field it does not return, judged by the ownership line (Portal: ExtlClntAppGlobalOauthSettings.certificate).',
    );
    const unknown = diagnose('certificate-unknown', { path: 'p/Portal' }, { app: 'Portal' });
    expect(text(orgPlan([app({})], { diagnostics: [unknown] }))).toContain(
      'Not compared with the org: whether 1 app may have a certificate (p/Portal).',
    );
    const forced = diagnose('server-wins', { path: 'p/Portal', field: 'f' });
    expect(text(orgPlan([app({})], { diagnostics: [forced] }))).toContain(
      'prod does not match the code: 1 field forced by Salesforce (p/Portal: f).',
    );
  });

  test('still says what it leaves alone where other apps change', () => {
    const changed = app({ api_name: 'Changed', action: 'update', changes: [pkceOff] });
    const shown = text(orgPlan([changed, app({ api_name: 'Off', stopped: true })]));
    expect(shown).toContain('Apply leaves as it is: 1 app stopped in the org (Off).');
  });

  test('is no part of a deploy that an app of the same name is in, and told once', () => {
    const gone = app({ api_name: 'Legacy', action: 'delete', names: { ConnectedApp: 'Legacy' } });
    const phase = { name: 'apps', title: 'Client apps', settings: [], records: [], apps: ['Legacy'] } as const;
    const shown = text(orgPlan([app({ api_name: 'Legacy' }), gone], { phases: [phase] }));
    expect(shown.match(/^.*Legacy.*$/gm)).toEqual([
      expect.stringContaining('- Legacy "Portal"'),
      expect.stringContaining('In sync (1): Legacy'),
    ]);
  });

  test('says that an app whose creation is blocked is not in the org', () => {
    const shown = text(orgPlan([app({ action: 'blocked', missing: true, changes: [pkceOff] })]));
    expect(shown).toContain('not in the org, blocked; nothing will be applied to this org');
  });
});

describe('values as text', () => {
  test('a certificate is its fingerprint, holder and end, never its bytes', async () => {
    const certificate = Certificate.fromFile('examples/quickstart/certs/billing-sync.crt');
    const org = await bench({ seedDir: SEED });
    const planned = await org.plan(
      declared(
        (prod) =>
          new MachineApp(prod, 'Sync', {
            label: 'Sync',
            scopes: [Scope.API],
            permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
            certificate,
          }),
        { today: TODAY },
      ),
    );
    await org.close();
    const shown = text(planned);
    expect(shown).toMatch(/^ +sha256:[0-9a-f]{64};\n +".*", expires \d{4}-\d\d-\d\d;$/m);
    expect(shown).not.toMatch(/MII[A-Za-z0-9+/]{20}/);
    // A scope that the code does not state has its reason beside it.
    expect(shown).toContain('OAuth scopes: Api, RefreshToken');
    expect(shown).toContain('JWT bearer needs scope RefreshToken but issues none');
  });

  test('a label chosen by someone cannot forge a line, move the cursor or color the screen', () => {
    const label = 'x"\n\nPlan for prod: 0 to create\u001b[2J\u202e\r  No changes';
    const planned = orgPlan([
      app({
        action: 'update',
        label,
        changes: [change({ field: 'label', title: 'Label', before: { state: 'value', value: label } })],
      }),
    ]);
    const honest = text(orgPlan([app({ action: 'update', label: 'x', changes: [change({ field: 'label' })] })]));
    const shown = text(planned);
    expect(shown.split('\n').length).toBe(honest.split('\n').length);
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(shown.split('\n').filter((line) => line.trimStart().startsWith('Plan for prod:'))).toHaveLength(1);
  });

  test('a diagnostic that quotes the org stays on its lines', () => {
    const problem = 'refused\nerror: identity/prod: everything is fine [ok]';
    const shown = text(orgPlan([], { diagnostics: [diagnose('fact-unread', { path: 'p' }, { reason: problem })] }));
    expect(shown).not.toMatch(/^\s*error:/m);
  });

  test('nothing is cut off on a narrow terminal', () => {
    const urls = Array.from({ length: 40 }, (_, n) => `https://host${n}.example/a/long/callback/path`);
    const planned = orgPlan([
      app({ action: 'update', changes: [change({ field: 'callbackUrl', after: { state: 'value', value: urls } })] }),
    ]);
    const shown = text(planned, { width: 60 });
    expect(shown.split('\n').every((line) => line.length <= 60)).toBe(true);
    const unwrapped = shown.replace(/\s+/g, '');
    expect(urls.every((url) => unwrapped.includes(url))).toBe(true);
  });
});

const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
