import { execFileSync } from 'node:child_process';

import { shellWord } from '../../lib/values/shell-word';

describe('a word of a command line that people copy', () => {
  it.each(['prod/Portal', 'ann+x@acme.example'])('stands as it is where a shell takes it as it is: %s', (text) => {
    expect(shellWord(text)).toBe(text);
  });

  it.each(['prod/Data Loader', 'prod/Ann\'s $(id) `id` \\ "x"; id', ''])('is one word to a shell: %s', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  });
});
