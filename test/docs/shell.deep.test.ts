import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { describeBuilt } from '../cli/built';
import { fastOrg, login } from '../cli/support';
import { clientApps, compile, pack, PACKAGE, project, removeTemporaryFolders } from '../package/support';
import { documents, ROOT } from './documents';
import { SHELL_BLOCKS } from './shell-blocks';

const TEN_LINES = readFileSync(join(ROOT, 'test/package/ten-lines.ts'), 'utf8');
const BLOCKS = documents.flatMap(({ path, blocks }) => {
  const shell = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
  return shell.map((text, index) => ({ name: `${path} ${index + 1}`, text, tried: SHELL_BLOCKS[path]?.[index] }));
});
const RUN = BLOCKS.flatMap(({ name, text, tried }) =>
  tried && 'exits' in tried ? [[name, text, tried.exits] as const] : [],
);

describeBuilt('the shell in documents, as it stands', () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let salesforce: Emulator;
  beforeAll(async () => {
    const peers = ['cdktf', 'constructs'];
    folder = project(pack().tarball, [...Object.keys(PACKAGE.dependencies), ...peers]);
    expect(compile(folder, TEN_LINES)).toEqual([]);
    writeFileSync(join(folder, 'cdktf.json'), '{ "app": "node main.js" }');
    const seed = join(folder, 'seed');
    mkdirSync(seed);
    writeFileSync(
      join(seed, 'org.json'),
      JSON.stringify({ permissionSets: [{ name: 'Field_App_Access', holders: 3 }] }),
    );
    salesforce = await fastOrg({ seedDir: seed });
    // The command as npm puts it on the path, and npx without a registry.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const command = `exec "${process.execPath}" "${clientApps(folder)}" "$@"\n`;
    for (const [name, text] of [
      ['client-apps', command],
      ['npx', `shift\n${command}`],
    ] as const) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}`);
      chmodSync(join(bin, name), 0o755);
    }
    environment = { HOME: folder, PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...login(salesforce) };
    const author = '-c user.name=a -c user.email=a@example.com';
    await shell(`git init -q && git add main.ts && git ${author} commit -qm one && echo >>main.ts`);
    await shell(`git ${author} commit -qam two && git config user.name a && git config user.email a@example.com`);
  });
  afterAll(async () => {
    await salesforce.close();
    removeTemporaryFolders();
  });

  /** Not in sync with this process: the org that it talks to lives here. */
  const shell = (text: string): Promise<{ readonly code: number; readonly said: string }> =>
    new Promise((resolve) => {
      execFile('bash', ['-euo', 'pipefail', '-c', text], { cwd: folder, env: environment }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}` });
      });
    });

  it.each(RUN)('%s', async (_name, text, exits) => {
    // There is no terminal to say yes on.
    const { code, said } = await shell(text.replace('apply plan.json', 'apply plan.json --auto-approve'));
    expect({ code, said: code === exits ? '' : said }).toEqual({ code: exits, said: '' });
  });
});
