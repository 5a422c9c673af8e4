import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, type Project, project, twoApps } from './support';

const COLORED = '\u001b[';

describe('options of every command', () => {
  let here: Project;
  let salesforce: Emulator;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    here = project();
    here.synth(twoApps);
    salesforce = await fastOrg({});
    environment = login(salesforce);
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  it.each(['--debug plan', 'plan --debug'])('%s shows each request, and nothing that it carries', async (line) => {
    const { stderr, code } = await here.run(line, { environment });
    expect(code).toBe(0);
    const requests = stderr.split('\n').filter((each) => each.startsWith('debug: prod: '));
    expect(
      requests.some((each) =>
        /POST http:\/\/127\.0\.0\.1:\d+\/services\/Soap\/m\/\S+ retrieve: 200 in \d+ ms/.test(each),
      ),
    ).toBe(true);
    expect(requests.some((each) => /POST http:\S+\/composite: 200/.test(each))).toBe(true);
    expect(stderr).not.toContain(salesforce.accessToken);
    expect(stderr).not.toContain('?q=');
  });

  it('shows a request that got no answer by what went wrong', async () => {
    const gone = { ...environment, SF_INSTANCE_URL: 'http://127.0.0.1:1' };
    const { stderr, code } = await here.run('plan --debug', { environment: gone });
    expect(code).toBe(5);
    expect(stderr).toMatch(/debug: prod: \S+ http:\/\/127\.0\.0\.1:1\S+: ECONNREFUSED in \d+ ms/);
  });

  it('--quiet leaves out what runs at the moment, and keeps errors', async () => {
    const loud = await here.run('plan', { environment });
    const quiet = await here.run('plan --quiet', { environment });
    expect(loud.stderr).toContain('reading prod ...');
    expect(quiet).toMatchObject({ code: 0, stdout: loud.stdout });
    expect(quiet.stderr).not.toContain('...');
    expect((await here.run('plan --quiet')).stderr).toContain('error:');
  });

  it('--no-color does what NO_COLOR does, also where color is forced', async () => {
    const forced = { ...environment, FORCE_COLOR: '1' };
    expect((await here.run('plan', { environment: forced })).stdout).toContain(COLORED);
    expect((await here.run('plan --no-color', { environment: forced })).stdout).not.toContain(COLORED);
  });

  it('are in the help of each command', async () => {
    const { stdout } = await here.run('stop --help');
    for (const option of ['--no-color', '--quiet', '--debug']) expect(stdout).toContain(option);
  });

  it('behind -- are those of another program', async () => {
    const ended = await here.run('prove Nowhere -- node client.js --json');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('Nowhere');
  });
});
