import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MAIN } from '../cli/built';
import { type Bench, bench } from '../operations/support';
import { credentials } from '../terraform/provider-support';
import { describeTerraform, terraform } from '../terraform/support';
import { document } from './documents';

/** The section, from its heading to the next one. */
const section = (text: string, heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, body = '']) => (name === language ? [body] : []));

describeTerraform('the page for plain HCL, followed word by word', () => {
  const page = section(document('docs/terraform.md').text, 'In plain HCL');
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-page-'));
  let org: Bench;
  beforeAll(async () => {
    org = await bench();
  });
  afterAll(async () => {
    await org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends with an app in the org, and a plan without changes', async () => {
    const [first = '', commands = ''] = blocks(page, 'sh');
    const [main = ''] = blocks(page, 'hcl');
    const given = /client-apps (provider install.*)$/m.exec(first)?.[1]?.split(' ') ?? [];
    expect(given.slice(0, 2)).toEqual(['provider', 'install']);
    expect(spawnSync(process.execPath, [MAIN, ...given], { cwd: folder })).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'main.tf'), main);
    const lines = commands.trim().split('\n');
    expect(lines.length).toBe(3);
    for (const line of lines) {
      const { status, output } = await terraform(folder, line.split(' ').slice(1), credentials(org.emulator));
      if (status !== 0) throw new Error(`${line}: ${output}`);
    }
    const again = await terraform(folder, ['plan', '-detailed-exitcode'], credentials(org.emulator));
    expect(again).toMatchObject({ status: 0 });
    const consumer = 'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth';
    expect(await org.file('ExtlClntAppGlobalOauthSettings', 'Portal_glbloauth', consumer)).toContain(
      'https://portal.acme.example/callback',
    );
    expect((await terraform(folder, ['fmt', '-check'])).status).toBe(0);
  });
});
