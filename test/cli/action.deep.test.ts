import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { SEED } from '../operations/support';
import { describeBuilt } from './built';
import { fastOrg, login, type Project, project, switchPkceOff, twoApps } from './support';
import { shell, standIns, yaml } from './workflow-support';

let at: Project;
let emulator: Emulator;
beforeEach(async () => {
  at = project();
  standIns(at);
  mkdirSync(at.path('temp'));
  emulator = await fastOrg();
});
afterEach(async () => {
  await emulator.close();
  at.remove();
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}
interface ActionStep {
  readonly id?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const ACTION = yaml('action.yml') as Action;
const step = ACTION.runs.steps.find(({ id }) => id === 'run');

/** The step as GitHub runs it, and the outputs that it sets. */
async function act(inputs: Readonly<Record<string, string>>) {
  const of = (name: string): string => inputs[name] ?? ACTION.inputs[name]?.default ?? '';
  const given = Object.entries(step?.env ?? {}).map(([name, value]) => {
    const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
    return [name, of(input)] as const;
  });
  const { code, output } = await shell(at, step?.run ?? 'exit 99', {
    ...login(emulator),
    ...Object.fromEntries(given),
    RUNNER_TEMP: at.path('temp'),
    GITHUB_OUTPUT: at.path('output'),
    GITHUB_STEP_SUMMARY: at.path('summary'),
  });
  const lines = existsSync(at.path('output')) ? at.read('output').trim().split('\n') : [];
  const outputs = new Map(lines.map((line) => line.split('=') as [string, string]));
  return { code, output, of: (name: string) => outputs.get(name) };
}

describeBuilt('the GitHub Action', () => {
  it('runs every step in a shell that it names, and sets every output that it declares', () => {
    for (const { run, shell: name, uses } of ACTION.runs.steps) expect(run === undefined ? uses : name).toBeDefined();
    const set = [...(step?.run ?? '').matchAll(/"([a-z-]+)=\$/g)].map(([, name]) => name);
    const declared = Object.values(ACTION.outputs).map(
      ({ value }) => /^\$\{\{ steps\.run\.outputs\.(.+) \}\}$/.exec(value)?.[1],
    );
    expect(declared.sort()).toEqual(set.sort());
    expect(ACTION.inputs['node-version']?.default).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('plans: changes are no failure, and the outputs lead to the plan', async () => {
    at.synth(twoApps);
    const { code, of } = await act({ command: 'plan' });
    expect(code).toBe(0);
    expect([of('changed'), of('exit-code')]).toEqual(['true', '2']);
    expect(readFileSync(of('summary') ?? '', 'utf8')).toMatch(/^<!-- client-apps plan -->/);
    expect(at.read('summary')).toContain('Portal');
    expect((await shell(at, `npx client-apps apply '${of('plan') ?? ''}'`, login(emulator))).code).toBe(0);
    expect(emulator.consumer('Portal')).toBeDefined();
    const again = await act({ command: 'plan' });
    expect(again.of('changed')).toBe('false');
  });

  it('fails with drift, whose report is the summary, and with what could not be read', async () => {
    at.synth(twoApps);
    expect((await shell(at, 'npx client-apps apply --auto-approve', login(emulator))).code).toBe(0);
    await switchPkceOff(emulator);
    const { code, of } = await act({ command: 'drift', org: 'prod', args: '--who' });
    expect([code, of('changed')]).toEqual([2, 'true']);
    expect(at.read('summary')).toMatch(/Mobile[\s\S]*PKCE/);
    await emulator.close();
    const lost = await act({ command: 'drift' });
    expect([lost.code, lost.of('changed')]).toEqual([5, 'false']);
    emulator = await fastOrg();
  });

  it('leaves the SARIF of an audit for the step that uploads it', async () => {
    const { code, of } = await act({ command: 'audit', args: `--source ${SEED}` });
    expect([code, of('exit-code')]).toEqual([3, '3']);
    expect(JSON.parse(readFileSync(of('summary') ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it.each([
    { command: 'plan; touch pwned' },
    { command: '$(touch pwned)' },
    { command: '../plan' },
    { command: 'rotate' },
    { command: 'plan', org: '$(touch${IFS}pwned) `touch pwned`' },
    { command: 'plan', args: '--target $(touch${IFS}pwned) ; touch pwned *' },
    { command: 'plan', args: '--org "a b' },
  ])('runs nothing of its inputs: %j', async (inputs) => {
    at.synth(twoApps);
    const { code } = await act(inputs);
    expect(code).toBe(1);
    expect(existsSync(at.path('pwned'))).toBe(false);
    expect(emulator.consumer('Portal')).toBeUndefined();
  });
});

/** The real pre-commit, where the system has it. */
const hasPreCommit = spawnSync('pre-commit', ['--version']).status === 0;
(hasPreCommit ? describeBuilt : describe.skip)('the hook for pre-commit', () => {
  const HOOKS = join(__dirname, '../../.pre-commit-hooks.yaml');
  const git = (...words: string[]) =>
    spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@acme.example', ...words], { cwd: at.folder });

  it('is one that pre-commit accepts', () => {
    expect(spawnSync('pre-commit', ['validate-manifest', HOOKS], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  });

  it('stops a commit of an app that violates a control, and looks at no other commit', async () => {
    const [hook] = yaml('.pre-commit-hooks.yaml') as [Record<string, unknown>];
    // Its own entry and files, with the program that was built instead of one that is installed first.
    const local = {
      repos: [{ repo: 'local', hooks: [{ ...hook, language: 'system', entry: `npx ${String(hook['entry'])}` }] }],
    };
    at.write('.pre-commit-config.yaml', JSON.stringify(local));
    git('init', '-q');
    at.write('readme.txt', 'nothing');
    git('add', 'readme.txt', '.pre-commit-config.yaml');
    const run = async () => shell(at, 'pre-commit run client-apps-audit', { PRE_COMMIT_HOME: at.path('temp') });
    expect((await run()).output).toMatch(/no files to check/);
    at.write(
      'force-app/connectedApps/Open.connectedApp-meta.xml',
      '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><label>O</label><contactEmail>a@acme.example</contactEmail><oauthConfig><callbackUrl>http://plain.example/cb</callbackUrl><scopes>Full</scopes></oauthConfig></ConnectedApp>',
    );
    git('add', 'force-app');
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output).toMatch(/Failed[\s\S]*exit code: 3[\s\S]*Open/);
  });
});
