import { mkdirSync, symlinkSync } from 'node:fs';

import { SEED } from '../operations/support';
import { org, portal, type Project, project } from './support';

let at: Project;
beforeEach(() => {
  at = project();
  mkdirSync(at.path('.git'));
});
afterEach(() => at.remove());

/** Violates two controls of high severity, and no critical one. */
const OPEN = `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><label>Q</label>
<contactEmail>a@acme.example</contactEmail><oauthConfig><callbackUrl>https://a.example/cb</callbackUrl>
<isAdminApproved>true</isAdminApproved><isConsumerSecretOptional>false</isConsumerSecretOptional>
<isIntrospectAllTokens>false</isIntrospectAllTokens><isPkceRequired>true</isPkceRequired>
<isSecretRequiredForRefreshToken>true</isSecretRequiredForRefreshToken><scopes>Api</scopes>
<scopes>RefreshToken</scopes></oauthConfig><oauthPolicy><ipRelaxation>BYPASS</ipRelaxation>
<refreshTokenPolicy>zero</refreshTokenPolicy></oauthPolicy></ConnectedApp>`;

const FILE = 'client-apps.config.json';
const configure = (content: object, file = FILE): void =>
  at.write(file, JSON.stringify({ format_version: '1.3', ...content }, null, 2));

/** Two orgs, each with an app that its own emulated org does not have. */
const twoOrgs = (): void =>
  at.synth((stack) => {
    for (const name of ['prod', 'uat']) portal(org(stack, name));
  });

describe('client-apps.config.json', () => {
  it('names the orgs of a run, from any folder of the work tree, and the run says so', async () => {
    twoOrgs();
    configure({ orgs: ['uat'] });
    mkdirSync(at.path('src/deep'), { recursive: true });
    const { stdout, stderr } = await at.run('plan --local', { cwd: 'src/deep' });
    expect(stdout).toContain('uat');
    expect(stdout).not.toContain('prod');
    expect(stderr).toContain('Settings from ../../client-apps.config.json (orgs)\n');
    const quiet = await at.run('plan --local --quiet', { cwd: 'src/deep' });
    expect(quiet.stderr).not.toContain('Settings from');
  });

  it('counts less than the environment, which counts less than an option; --debug says which it was', async () => {
    configure({ orgs: ['one'], fail_on: 'low' });
    const environment = { CLIENT_APPS_ORGS: 'two' };
    const origin = async (line: string, variables = {}): Promise<readonly string[]> => {
      const { stderr } = await at.run(`${line} --local --seed ${SEED} --debug`, { environment: variables });
      return stderr.split('\n').filter((each) => /setting (orgs|fail_on|baseline)/.test(each));
    };
    expect(await origin('audit')).toEqual([
      'debug: setting orgs: one (client-apps.config.json)',
      'debug: setting fail_on: low (client-apps.config.json)',
      'debug: setting baseline: none (default)',
    ]);
    expect((await origin('audit', environment))[0]).toBe('debug: setting orgs: two (CLIENT_APPS_ORGS)');
    expect((await origin('audit --org three', environment))[0]).toBe('debug: setting orgs: three (--org)');
  });

  it('sets the threshold of an audit', async () => {
    at.write('source/connectedApps/Open.connectedApp', OPEN);
    const code = async (options = ''): Promise<number> =>
      (await at.run(`audit --source source --allow-unread ${options}`)).code;
    expect(await code()).toBe(3);
    configure({ fail_on: 'critical' });
    expect(await code()).toBe(0);
    expect(await code('--fail-on high')).toBe(3);
  });

  it('says where receipts are kept, and those of the local org stay where they are', async () => {
    at.synth((stack) => portal(org(stack)));
    configure({ receipts: 'kept/receipts' });
    const { stderr, code } = await at.run('apply --local --auto-approve');
    expect(code).toBe(0);
    expect(stderr).toContain('.client-apps/local/receipts');
    const { stdout } = await at.run('doctor --local --json');
    const { machine } = JSON.parse(stdout) as { machine: { check: string; found: string }[] };
    expect(machine.find(({ check }) => check === 'settings')?.found).toMatch(
      /^orgs: every org of the program \(default\); .*receipts: kept\/receipts \(client-apps\.config\.json\)/,
    );
  });

  it('is the configuration of an audit, too; what it says of apps elsewhere is a warning then', async () => {
    configure({ exclude: [{ api_name: 'Legacy_Portal', reason: 'switched off in June' }] });
    expect((await at.run(`audit --source ${SEED}`)).stdout).toContain('switched off in June');
    configure({ exclude: [{ api_name: 'Elsewhere', reason: 'an app of another org' }] });
    const found = await at.run(`audit --source ${SEED}`);
    expect(found.stderr).toMatch(
      /warning: client-apps\.config\.json \(api_name\): the audit found no app with this name/,
    );
    const named = await at.run(`audit --source ${SEED} --config ${FILE}`);
    expect(named).toMatchObject({ code: 1, stdout: '' });
  });

  it('does not narrow what says itself which org it is about', async () => {
    twoOrgs();
    configure({ orgs: ['uat'], fail_on: 'low' });
    const saved = await at.run('plan --local --org prod --fail-on high --out plan.json');
    expect(saved.code).toBe(0);
    expect((await at.run('apply plan.json --local')).stdout).toContain('prod');
    const manifest = 'cdktf.out/stacks/identity/client-apps/prod/manifest.json';
    expect((await at.run(`plan --local --manifest ${manifest}`)).stdout).toContain('prod');
  });
});

describe('client-apps.config.json that is wrong', () => {
  const refused = async (text: string | Uint8Array, line = 'plan --local'): Promise<string> => {
    at.synth((stack) => portal(org(stack)));
    at.write(FILE, text);
    const { code, stdout, stderr } = await at.run(line);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return stderr;
  };

  it('names the unknown key, its line and column, and the one that was meant', async () => {
    const text = '{\n  "format_version": "1.3",\n  "orgs": ["prod"],\n  "failon": "high"\n}\n';
    expect(await refused(text)).toMatch(
      /error: client-apps\.config\.json:4:3 \(failon\): there is no such key[\s\S]*did you mean fail_on\?/,
    );
    const nested = '{"format_version":"1.3","known":[{"app":"A","ownr":"B","purpose":"C","review":"2027-01-01"}]}';
    const said = await refused(nested);
    expect(said).toMatch(/:1:45 \(known\[0\]\.ownr\)[\s\S]*did you mean owner\?/);
    expect(said).toMatch(/known\[0\]\.owner/);
  });

  it('names what an org of the file is not', async () => {
    const said = await refused('{"format_version":"1.3","orgs":["prodd"]}');
    expect(said).toMatch(/client-apps\.config\.json: no org in this run is named "prodd"[\s\S]*did you mean prod\?/);
  });

  it.each([
    ['an empty file', '', /the file is empty/],
    ['a trailing comma', '{"format_version": "1.3",}', /config\.json:1:\d+: this is not valid JSON/],
    ['a list', '[]', /not a JSON object/],
    ['no version', '{}', /no format_version/],
    ['another major version', '{"format_version":"2.0"}', /another major version/],
    [
      'a key twice',
      '{"format_version":"1.3","fail_on":"high","fail_on":"low"}',
      /:1:42 \(fail_on\): this key is there twice/,
    ],
    ['a number of orgs', '{"format_version":"1.3","parallel_orgs":400}', /parallel_orgs/],
    ['receipts outside', '{"format_version":"1.3","receipts":"../elsewhere"}', /receipts.*inside/],
    ['receipts at the root', '{"format_version":"1.3","receipts":"/tmp/x"}', /receipts.*inside/],
    ['__proto__', '{"format_version":"1.3","__proto__":{"fail_on":"low"}}', /__proto__/],
  ])('refuses %s', async (_, text, expected) => expect(await refused(text)).toMatch(expected));

  it('refuses what is no file or far too large, without reading it', async () => {
    expect(await refused(' '.repeat(1024 * 1024 + 1))).toMatch(/bytes, more than 1048576/);
    at.remove();
    at = project();
    mkdirSync(at.path(FILE));
    expect((await at.run('plan --local')).stderr).toMatch(/this is not a file/);
    at.remove();
    at = project();
    symlinkSync('nowhere.json', at.path(FILE));
    expect((await at.run('plan --local')).stderr).toMatch(/no such file/);
  });

  it('shows the address of a webhook nowhere', async () => {
    const said = await refused('{"format_version":"1.3","webhook":"https://hooks.slack.com/services/T0/B0/s3cr3t"}');
    expect(said).toMatch(/CLIENT_APPS_WEBHOOK_URL/);
    expect(said).not.toMatch(/s3cr3t|hooks\.slack/);
    const variable = await at.run('drift --local --config cdktf.json', {
      environment: { CLIENT_APPS_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/s3cr3t' },
    });
    expect(variable.stderr).not.toMatch(/s3cr3t|hooks\.slack/);
  });

  it('keeps no emergency waiting, unless it says which apps are known', async () => {
    at.synth((stack) => portal(org(stack)));
    await at.run('apply --local --auto-approve');
    at.write(FILE, '{');
    const stopped = await at.run('stop Portal --local');
    expect(stopped).toMatchObject({ code: 0 });
    expect(stopped.stderr).toContain('warning: continuing without client-apps.config.json, which cannot be used\n');
    const unknown = await at.run('stop --everything-unknown --dry-run --local');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
  });

  it('takes a file with a byte order mark and line ends of Windows, and a link to one', async () => {
    at.write('real.json', '\uFEFF{\r\n  "format_version": "1.3",\r\n  "orgs": ["uat"]\r\n}\r\n');
    symlinkSync('real.json', at.path(FILE));
    twoOrgs();
    expect((await at.run('plan --local')).stderr).toContain('Settings from client-apps.config.json (orgs)');
  });

  it('is not looked for above the work tree, nor above the project where there is none', async () => {
    configure({ orgs: ['nowhere'] });
    at.write('inner/cdktf.json', '{}');
    mkdirSync(at.path('inner/.git'));
    expect((await at.run(`audit --source ${SEED} --debug`, { cwd: 'inner' })).stderr).not.toContain('nowhere');
  });
});
