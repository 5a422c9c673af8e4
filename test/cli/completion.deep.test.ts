import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

import { CONTROLS } from '../../lib/policy/controls';
import { describeBuilt, MAIN } from './built';
import { type Project, project, twoApps } from './support';

let at: Project;
beforeAll(async () => {
  at = project();
  at.synth(twoApps);
  at.write('bin/client-apps', `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(at.path('bin/client-apps'), 0o755);
  for (const shell of ['bash', 'zsh', 'fish'])
    at.write(`script.${shell}`, (await at.run(`completion ${shell}`)).stdout);
});
afterAll(() => at.remove());

/** How each shell is asked what it offers where the last word of a line is being typed. */
const ASK: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => {
    const words = line.split(' ');
    const typed = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _client_apps; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return ['--norc', '-c', `source script.bash; ${ask}`];
  },
  // Without a terminal zsh completes nothing; its compgen for scripts of bash is asked instead.
  zsh: (line) => {
    const words = line.split(' ');
    const typed = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; compgen -F _client_apps -- '${words.at(-1) ?? ''}'`;
    return ['-f', '-c', `autoload -Uz compinit && compinit -u -D; source ./script.zsh; ${ask}`];
  },
  fish: (line) => ['--no-config', '-c', `source script.fish; complete -C '${line}'`],
};

function offered(shell: string, line: string): readonly string[] {
  const { stdout } = spawnSync(shell, ASK[shell]?.(line) ?? [], {
    cwd: at.folder,
    env: { PATH: `${at.path('bin')}:${process.env['PATH'] ?? ''}`, HOME: at.folder },
    encoding: 'utf8',
  });
  const words = stdout.split('\n').flatMap((each) => each.split('\t')[0] || []);
  // Where compgen is not called by its completion system, zsh leaves out nothing that does not fit what was typed.
  return shell === 'zsh' ? words.filter((word) => word.startsWith(line.split(' ').at(-1) ?? '')) : words;
}

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe.each(['bash', 'zsh', 'fish'])('completion in %s', (shell) => {
  const [there, itIfThere] = [has(shell), has(shell) ? it : it.skip];
  const suite = there ? describeBuilt : describe;
  suite('of the names of the project', () => {
    itIfThere('offers orgs, apps and controls', () => {
      expect(offered(shell, 'client-apps plan --org ')).toEqual(['prod']);
      expect(offered(shell, 'client-apps stop Po')).toEqual(['Portal']);
      expect(offered(shell, 'client-apps plan --except Mo')).toEqual(['Mobile']);
      const ids = CONTROLS.map(({ id }) => id).filter((id) => id.startsWith('SFCA-ORG-'));
      expect([...offered(shell, 'client-apps explain SFCA-ORG-')].sort()).toEqual(ids.sort());
    });

    itIfThere('offers the formats of messages', () => {
      expect([...offered(shell, 'client-apps drift --webhook ')].sort()).toEqual(['json', 'slack', 'teams']);
    });
  });
});

describe('the names that are offered', () => {
  it('are none where nothing was synthesized or what was is broken, without a word', async () => {
    const empty = project();
    expect(await empty.run('completion apps')).toEqual({ code: 0, stdout: '', stderr: '' });
    empty.write('cdktf.out/manifest.json', '{');
    expect(await empty.run('completion orgs')).toEqual({ code: 0, stdout: '', stderr: '' });
    empty.remove();
  });
});
