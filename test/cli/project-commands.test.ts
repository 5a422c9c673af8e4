import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { programToRead } from '../../scripts/command-reference';
import { type Project, project } from './support';

describe('ci', () => {
  let here: Project;
  beforeEach(() => {
    here = project();
    mkdirSync(here.path('.git'));
  });
  afterEach(() => here.remove());

  it.each([
    ['github', '.github/workflows/client-apps.yml'],
    ['gitlab', '.gitlab-ci.yml'],
    ['azure', 'azure-pipelines.yml'],
  ])('%s: writes the very workflow of init', async (forge, path) => {
    const ended = await here.run(`ci ${forge}`);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(path);
    expect(here.read(path)).toBe(readFileSync(join(__dirname, `../../templates/${forge}.yml`), 'utf8'));
  });

  it('overwrites nothing', async () => {
    here.write('.gitlab-ci.yml', 'ours');
    const ended = await here.run('ci gitlab');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('docs/ci.md');
    expect(here.read('.gitlab-ci.yml')).toBe('ours');
  });

  it('says where the workflow belongs, below the top of a repository', async () => {
    mkdirSync(here.path('clients'));
    expect((await here.run('ci github', { cwd: 'clients' })).stdout).toContain(
      'read only at the top of the repository (..)',
    );
  });

  it('lists the forges it knows', async () => {
    const ended = await here.run('ci jenkins');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('github, gitlab, azure');
  });
});

describe('completion', () => {
  let here: Project;
  let script: string;
  beforeAll(async () => {
    here = project();
    script = (await here.run('completion bash')).stdout;
  });
  afterAll(() => here.remove());

  /** What the real bash offers where the last word is being typed. */
  function offered(...words: string[]): readonly string[] {
    const typed = words.map((word) => `'${word}'`).join(' ');
    const ask = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _client_apps; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', ask], { encoding: 'utf8', cwd: here.folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\n').filter((each) => each !== '');
  }

  it('offers every command of the program', () => {
    const commands = programToRead().commands.map((command) => command.name());
    expect(offered('client-apps', '')).toEqual(expect.arrayContaining(commands));
    expect(offered('client-apps', 'ap')).toEqual(['apply']);
  });

  it('offers every option of every command, those below another one too', () => {
    for (const command of programToRead().commands) {
      for (const [words, { options }] of [
        [[command.name()], command] as const,
        ...command.commands.map((below) => [[command.name(), below.name()], below] as const),
      ]) {
        const long = options.map((option) => option.long);
        expect([words, offered('client-apps', ...words, '--')]).toEqual([words, expect.arrayContaining(long)]);
      }
    }
  });

  it('offers the choices of an option, after other options too', () => {
    expect(offered('client-apps', 'plan', '--verbose', '--fail-on', 'h')).toEqual(['high']);
    expect(offered('client-apps', '--quiet', 'status', '--format', '')).toEqual(['text', 'json', 'markdown', 'html']);
  });

  it('offers files where an option or an argument takes one', () => {
    here.write('plan-of-today.json', '{}');
    expect(offered('client-apps', 'apply', 'plan-of')).toEqual(['plan-of-today.json']);
    expect(offered('client-apps', 'plan', '--out', 'plan-of')).toEqual(['plan-of-today.json']);
  });

  it.each(['zsh', 'fish'])(
    '%s: names every command, and is a script that the shell parses where there is one',
    async (shell) => {
      const { stdout, code } = await here.run(`completion ${shell}`);
      expect(code).toBe(0);
      for (const command of programToRead().commands) expect(stdout).toContain(command.name());
      here.write(`completion.${shell}`, stdout);
      const { error, status, stderr } = spawnSync(shell, ['-n', here.path(`completion.${shell}`)], {
        encoding: 'utf8',
      });
      if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});
