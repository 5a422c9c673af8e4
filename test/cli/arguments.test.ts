import { type Project, project, runCommand, twoApps } from './support';

let here: Project;
beforeAll(() => {
  here = project();
  here.synth(twoApps);
});
afterAll(() => here.remove());

describe('the command line', () => {
  it.each([
    ['plam', /unknown command 'plam'[^]*Did you mean plan/],
    ['plan --detailed-exit-code', /unknown option '--detailed-exit-code'[^]*Did you mean --detailed-exitcode/],
    ['plan extra', /too many arguments for 'plan'/],
    ['apply one two', /too many arguments for 'apply'/],
    ['stop', /no app was named/],
    ['plan --deny narrows', /Allowed choices are widens/],
    ['apply --allow everything', /Allowed choices are widens/],
    ['plan --out', /argument missing/],
    ['emulate --profile sandbox', /Allowed choices are developer, production, mid-2026/],
    ['emulate --port eighty', /--port: this is not a valid port/],
    ['emulate --port 65536', /--port: this is not a valid port/],
  ])('%s: says what is wrong and exits with 1', async (commandLine, message) => {
    const { code, stdout, stderr } = await here.run(commandLine);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    'plan --adopt Portal,Mobil,Portl',
    'plan --adopt Portal --adopt Mobil,Portl',
    'plan --adopt Portal Mobil Portl',
    'plan --except Portal --adopt Mobil,Portl',
    'plan --target Mobil,prod/Portl',
  ])('%s: names several apps, and says of each that is none which was meant', async (commandLine) => {
    const { code, stderr } = await here.run(commandLine);
    const refused = [...stderr.matchAll(/declares an app named (\w*)[^]*?to do: +(.*)/g)].map(([, ...said]) => said);
    expect([code, refused]).toEqual([
      1,
      [
        ['Mobil', 'did you mean Mobile?'],
        ['Portl', 'did you mean Portal?'],
      ],
    ]);
  });

  it('takes no empty name for none', async () => {
    const { code, stderr } = await here.run('plan --target Portal,');
    expect([code, stderr]).toEqual([1, expect.stringContaining('declares an app named')]);
  });

  it('shows its help and exits with 1 where no command is given', async () => {
    const { code, stderr } = await here.run('');
    expect(stderr).toContain('Usage: client-apps');
    expect(code).toBe(1);
  });

  it.each([
    '--help',
    'help',
    'plan --help',
    'apply --help',
    'drift --help',
    'stop --help',
    'outputs --help',
    'emulate --help',
  ])('%s: prints help on standard output and exits with 0', async (commandLine) => {
    const { code, stdout, stderr } = await here.run(commandLine);
    expect(stdout).toContain('Usage: client-apps');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it.each(['--help', 'plan --help', 'apply --help', 'drift --help', 'audit --help', 'stop --help'])(
    '%s: lists the exit codes, an interrupt too',
    async (commandLine) => {
      const { stdout } = await here.run(commandLine);
      expect(stdout.replace(/\s+/g, ' ')).toMatch(/Exit codes: 0 ok, .* 130 interrupted/);
    },
  );

  it('says once what the network said', async () => {
    const environment = { SF_ACCESS_TOKEN: '00D000000000001!none', SF_INSTANCE_URL: 'http://127.0.0.1:9' };
    const { code, stderr } = await here.run('plan', { environment });
    expect(stderr).toMatch(/connect ECONNREFUSED 127\.0\.0\.1:9 \[ECONNREFUSED\]/);
    expect(stderr).not.toContain('(ECONNREFUSED)');
    expect(code).toBe(5);
  });

  it('prints the version of the package', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect(await here.run('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    ['--adopt Portal', '--adopt'],
    ['--manifest m.json', '--manifest'],
    ['--prune', '--prune'],
    ['--except Portal', '--except'],
  ])('refuses %s beside a saved plan, which has decided that', async (option, name) => {
    const { code, stderr } = await here.run(`apply plan.json ${option}`);
    expect(stderr).toContain(`error: ${name}: a saved plan is applied exactly as reviewed`);
    expect(code).toBe(1);
  });

  it('refuses a plan file that does not exist, is no JSON, or is a manifest', async () => {
    expect((await here.run('apply nowhere.json')).stderr).toContain('there is no such file');
    here.write('text.json', 'no');
    expect((await here.run('apply text.json')).stderr).toContain('this is not valid JSON');
    const manifest = await here.run('apply cdktf.out/stacks/identity/client-apps/prod/manifest.json');
    expect(manifest).toMatchObject({ code: 1 });
    expect(manifest.stderr).toContain('error: cdktf.out/stacks/identity/client-apps/prod/manifest.json');
  });

  it('will not seed an org that is on the network', async () => {
    const environment = { SF_ACCESS_TOKEN: '00Dx!y', SF_INSTANCE_URL: 'https://acme.my.salesforce.com' };
    const { code, stderr } = await here.run('plan --seed seed', { environment });
    expect(stderr).toContain('a remote org, and only a local org can be seeded or reset');
    expect(code).toBe(1);
  });

  it('refuses to write packages into a folder that is in use', async () => {
    here.write('in-use/file', '');
    const { code, stderr } = await here.run('plan --local --package in-use');
    expect(stderr).toContain('the folder for the packages is not empty');
    expect(code).toBe(1);
  });

  it('tells an option for a file apart from the next option', async () => {
    const { stderr } = await runCommand('plan --manifest a.json --org prod', here.folder);
    expect(stderr).toContain('a.json: there is no such file');
  });
});
