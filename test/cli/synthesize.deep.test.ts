import { renameSync, rmSync, utimesSync } from 'node:fs';

import { agoText } from '../../lib/cli/synth-age';
import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, mobile, org, portal, type Project, project, type RunOptions } from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string, options: RunOptions = {}) =>
  here.run(commandLine, { ...options, environment: { ...login(salesforce), ...options.environment } });

/** Code of the program; it stands in cdktf.json as the `app`. */
function program(code: string): void {
  here.write('main.js', code);
  here.write('cdktf.json', JSON.stringify({ app: `"${process.execPath}" main.js` }));
}

/** Puts what a synth of the program would write where the program below takes it from. */
function declares(...declare: readonly (typeof portal | typeof mobile)[]): void {
  here.synth((stack) => {
    const prod = org(stack);
    for (const each of declare) each(prod);
  });
  rmSync(here.path('declared'), { recursive: true, force: true });
  renameSync(here.path('cdktf.out'), here.path('declared'));
}

const SYNTH = `
const { cpSync } = require('node:fs');
console.log('hello from the program');
cpSync('declared', process.env.CDKTF_OUTDIR, { recursive: true });
`;

describe('plan, apply, drift and outputs run the program first', () => {
  it('so that an edit shows without a synth in between', async () => {
    program(SYNTH);
    declares(portal);
    expect((await client('apply --auto-approve')).stdout).toContain('+ Portal: created');
    declares(portal, mobile);
    expect((await client('plan')).stdout).toMatch(/\+ Mobile[^]*1 to create, 1 in sync/);
    expect((await client('drift')).stdout).toContain('1 missing app');
    expect((await client('outputs')).stdout).toContain('Mobile');
  });

  it('keeps standard output for the answer, and says what it ran', async () => {
    program(SYNTH);
    declares(portal);
    const { stdout, stderr } = await client('plan --json');
    expect(JSON.parse(stdout)).toMatchObject({ orgs: [{ org: 'prod' }] });
    expect(stderr).toContain('Running the program: ');
    expect(stderr).toContain('hello from the program');
  });

  it('from a folder below the project, too', async () => {
    program(SYNTH);
    declares(portal);
    here.write('deep/down/x', '');
    expect((await client('plan', { cwd: 'deep/down' })).stdout).toContain('1 to create');
  });

  it('keeps the login from the program', async () => {
    program(
      `${SYNTH}console.log('sees', ...Object.keys(process.env).filter((name) => /^SF_|^TF_VAR/.test(name)), 'only');`,
    );
    declares(portal);
    const { stderr } = await client('plan', { environment: { TF_VAR_secret: 'x', SF_PROD_JWT_KEY: 'x' } });
    expect(stderr).toContain('sees SF_INSTANCE_URL only\n');
  });

  it('but not for a saved plan, for --manifest, or with --no-synth', async () => {
    program(SYNTH);
    declares(portal);
    await client('plan --out p.json');
    program("throw new Error('must not run');");
    expect((await client('plan --no-synth')).code).toBe(0);
    expect((await client('plan --manifest cdktf.out/stacks/identity/client-apps/prod/manifest.json')).code).toBe(0);
    expect((await client('apply p.json')).code).toBe(0);
    expect((await client('stop Portal')).code).toBe(0);
  });

  it('once: a client-apps inside its own program works on what is there', async () => {
    program(SYNTH);
    declares(portal);
    await client('plan');
    program("throw new Error('must not run');");
    expect((await client('plan', { environment: { CLIENT_APPS_RUNS_THE_PROGRAM: '1' } })).code).toBe(0);
  });
});

describe('a program that does not do its work', () => {
  it('is an error, its own words are shown once, and nothing is planned', async () => {
    program("console.error('no such option'); process.exit(7);");
    const { code, stdout, stderr } = await client('plan');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.split('no such option')).toHaveLength(2);
    expect(stderr).toContain('the program that declares the apps ended with exit code 7; no org was read');
    expect(salesforce.calls()).toEqual([]);
  });

  it('is an error where it forgets to synthesize, although an older result is there', async () => {
    program(SYNTH);
    declares(portal);
    await client('plan');
    program("console.log('forgot');");
    const { code, stderr } = await client('plan');
    expect(code).toBe(1);
    expect(stderr).toContain('wrote nothing to');
    expect(stderr).toContain('app.synth()');
  });

  it('is ended by an interrupt, with all it started', async () => {
    program("console.log('working'); setInterval(() => {}, 1000);");
    let interrupted = false;
    const { code, stderr } = await client('plan', {
      onStderr: (text, interrupt) => {
        if (interrupted || !text.includes('working\n')) return;
        interrupted = true;
        interrupt();
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted while the program ran: no org was read or written.');
  });

  it('may print a lot', async () => {
    program(`${SYNTH}console.log('x'.repeat(5_000_000));`);
    declares(portal);
    const { code, stderr } = await client('plan');
    expect(code).toBe(0);
    expect(stderr.length).toBeGreaterThan(5_000_000);
  });
});

describe('where the program was not run', () => {
  it('says how old the result is, and which file is newer', async () => {
    declares(portal);
    renameSync(here.path('declared'), here.path('cdktf.out'));
    const manifest = here.path('cdktf.out/stacks/identity/client-apps/prod/manifest.json');
    // The declarations of these tests, seen from the folder of the run.
    const source = 'test/cli/support.ts';
    const then = Date.now() / 1000 - 12 * 60 - 5;
    utimesSync(manifest, then, then);
    expect((await client('plan --no-synth')).stderr).toContain(
      'Compared with cdktf.out, synthesized 12 minutes ago.\n',
    );
    here.write(source, '');
    expect((await client('plan')).stderr).toContain(
      'Compared with cdktf.out, synthesized 12 minutes ago; test/cli/support.ts is newer.\n',
    );
  });

  it.each([
    [400, '0 seconds'],
    [59_000, '59 seconds'],
    [60_000, '1 minute'],
    [3_599_000, '59 minutes'],
    [7_200_000, '2 hours'],
    [200_000_000, '2 days'],
    [-5, '0 seconds'],
  ])('%d ms are %s', (milliseconds, text) => {
    expect(agoText(milliseconds)).toBe(text);
  });

  it('names the folder it looked in, and app.synth()', async () => {
    const { stderr } = await client('plan');
    expect(stderr).toContain(here.path('cdktf.out'));
    expect(stderr).toContain('app.synth()');
  });
});
