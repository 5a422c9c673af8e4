import { spawn, spawnSync } from 'node:child_process';

import type { Emulator } from '../../lib/emulator';
import { shellWord } from '../../lib/values/shell-word';
import { describeBuilt, MAIN } from './built';
import { fastOrg, login, type Project, project, twoApps } from './support';

/** The pseudo-terminal of util-linux. */
const hasScript = spawnSync('script', ['--version']).status === 0;
const describeOnTerminal = hasScript ? describeBuilt : describe.skip;

const COLUMNS = 70;
const ESCAPE = '\u001b';

/** What a terminal of one long page shows at the end, from the few sequences that we send. */
function screenOf(text: string): readonly string[] {
  const rows: string[] = [];
  let row = '';
  // Erase line, colors, or one character.
  for (const part of text.split(new RegExp(`(${ESCAPE}\\[[\\d;]*[A-Za-z]|\\r|\\n)`))) {
    if (part === '\n') rows.push(row);
    if (part === '\n' || part === `${ESCAPE}[2K`) row = '';
    else if (!part.startsWith(ESCAPE) && part !== '\r') row += part;
  }
  return [...rows, row];
}

describeOnTerminal('apply on a terminal, of an org whose queue is slow', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeEach(async () => {
    here = project();
    here.synth(twoApps);
    salesforce = await fastOrg({ switches: { deployMs: 4_500 } });
  });
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });

  const command = `apply --auto-approve --no-synth`;
  const environment = () => {
    const { CI: _ci, NO_COLOR: _noColor, ...own } = process.env;
    return { ...own, ...login(salesforce), TERM: 'xterm' };
  };
  /** Standard output and error, as they come. */
  const said = (program: string, args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> =>
    new Promise((resolve) => {
      const child = spawn(program, args, { cwd: here.folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      child.once('close', (code) => resolve({ code: code ?? -1, text }));
    });

  it('rewrites one line: the step, what it waits for and for how long; nothing of it is left at the end', async () => {
    const words = [process.execPath, MAIN, ...command.split(' ')].map(shellWord).join(' ');
    const { code, text } = await said('script', ['-qec', `stty cols ${COLUMNS} rows 50; ${words}`, '/dev/null']);
    expect([code, text]).toEqual([0, expect.stringContaining('Portal: created')]);
    const drawn = [...text.matchAll(new RegExp(`\\r${ESCAPE}\\[2K([^\\r\\n${ESCAPE}]*)`, 'g'))].map(
      ([, line = '']) => line,
    );
    const waits = drawn.filter((line) => /deploy 0Af\w+: \w+/.test(line));
    expect(drawn.filter((line) => line.endsWith('...')).length).toBeGreaterThan(1);
    expect(waits.length).toBeGreaterThan(2);
    // Elapsed time grows, and a line never gets into the next one of the terminal.
    const seconds = waits.flatMap((line) => / (\d+) s$/.exec(line)?.[1] ?? []).map(Number);
    expect(seconds.length).toBeGreaterThan(0);
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThan(COLUMNS);

    const left = screenOf(text).filter((row) => /deploy 0Af|\.\.\.$| \d+ s$/.test(row));
    expect(left).toEqual([]);
  });

  it('prints a line for each news where it is piped', async () => {
    const { code, text } = await said(process.execPath, [MAIN, ...command.split(' ')]);
    expect(code).toBe(0);
    expect(text).not.toContain(ESCAPE);
    expect(text).not.toContain('\r');
    const news = text.split('\n').filter((line) => /\.\.\.$|^ +deploy 0Af/.test(line));
    expect(news.length).toBeGreaterThan(2);
    // The same is not said twice in a row.
    expect(news.filter((line, index) => line === news[index - 1])).toEqual([]);
  });
});
