import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { columnsOf } from '../columns';
import { describeBuilt, MAIN } from './built';
import { type Project, project, twoApps } from './support';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const describeInTmux = hasTmux ? describeBuilt : describe.skip;

const SOCKET = `client-apps-${process.pid}`;
const tmux = (...args: readonly string[]): string =>
  spawnSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
const rows = (...options: readonly string[]): readonly string[] =>
  tmux('capture-pane', '-p', ...options, '-t', 'pane')
    .trimEnd()
    .split('\n');
const type = (...keys: readonly string[]): string => tmux('send-keys', '-t', 'pane', ...keys);

/** Until the pane shows it; the suite's own time limit ends the waiting. */
async function until(shown: RegExp): Promise<void> {
  while (!shown.test(rows().join('\n'))) await sleep(100);
}

/** A shell in a pane, whose prompt is the exit code of the last command. */
function open(here: Project, width: number, environment: Readonly<Record<string, string>> = {}): void {
  const variables = Object.entries({ TERM: 'xterm-256color', ...environment, PS1: '[$?] ' });
  const words = ['env', '-u', 'CI', '-u', 'NO_COLOR', ...variables.map(([name, value]) => `${name}='${value}'`)];
  tmux('new-session', '-d', '-s', 'pane', '-x', String(width), '-y', '70', '-c', here.folder, `${words.join(' ')} sh`);
}

const apply = `clear; ${process.execPath} ${MAIN} apply --local --no-synth`;
const QUESTION = /Only "yes" will be accepted:/;

describeInTmux('a pane of tmux', () => {
  let here: Project;
  beforeEach(() => {
    here = project();
    here.synth(twoApps);
  });
  afterEach(() => {
    tmux('kill-server');
    here.remove();
  });

  it('has no line that the terminal had to break, and colors', async () => {
    open(here, 60);
    type(apply, 'Enter');
    await until(QUESTION);
    // -J joins what the terminal broke.
    const lines = rows('-J').filter((line) => !line.includes(MAIN));
    expect(lines.filter((line) => columnsOf(line.trimEnd()) > 60)).toEqual([]);
    expect(rows('-e').join('')).toContain('\u001b[32m+');
  }, 60_000);

  it('takes only a yes; a wrong answer, the end of input and Ctrl-C write nothing', async () => {
    open(here, 100);
    for (const [keys, code, words] of [
      [['y', 'Enter'], 1, 'Not approved: nothing was written.'],
      [['C-d'], 1, 'Not approved: nothing was written.'],
      [['C-c'], 130, 'Interrupted: nothing was written.'],
    ] as const) {
      type(apply, 'Enter');
      await until(QUESTION);
      type(...keys);
      await until(/^\[\d+\] *$/m);
      expect(rows().filter((row) => row.includes('nothing was written'))).toEqual([words]);
      expect(rows().at(-1)?.trim()).toBe(`[${code}]`);
      type('clear', 'Enter');
      await until(/^\[0\] *$/m);
    }
    type(apply, 'Enter');
    await until(QUESTION);
    type('yes', 'Enter');
    await until(/^\[\d+\] *$/m);
    expect(rows().at(-1)?.trim()).toBe('[0]');
    expect(rows().join('\n')).toMatch(/\+ Portal: created/);
  }, 120_000);

  it.each([
    // A changing line is not drawn either.
    ['that is dumb', { TERM: 'dumb', LANG: 'C' }, '\\u001b'],
    ['that wants none', { NO_COLOR: '1', LANG: 'C' }, '\\u001b\\[[0-9;]*m'],
  ])(
    '%s gets no color',
    async (_, environment, sequence) => {
      open(here, 80, environment);
      tmux('pipe-pane', '-t', 'pane', `cat > '${here.path('raw.txt')}'`);
      type(`${process.execPath} ${MAIN} plan --local --no-synth`, 'Enter');
      await until(/Plan for prod: 2 to create/);
      await until(/^\[0\] *$/m);
      // What the shell itself writes around the command is not ours.
      const [, said = ''] = here.read('raw.txt').split('Using the local org');
      expect(said).toContain('+ Portal');
      expect(said.match(new RegExp(sequence))).toBeNull();
    },
    60_000,
  );
});
