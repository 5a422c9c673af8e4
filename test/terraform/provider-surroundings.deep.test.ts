import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { app, credentials, isolatedProvider, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { describeTerraform, terraform } from './support';

const REMEDY = 'Set TMPDIR to a folder with a short path (60 bytes or fewer) that exists and can be written to';

/** What the provider says where no terraform listens, and how it ends. */
function said(environment: Readonly<Record<string, string>>): Promise<{ output: string; status: number | null }> {
  const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
  const env = { PATH: process.env['PATH'], TF_PLUGIN_MAGIC_COOKIE: cookie, ...environment };
  const child = spawn(process.execPath, [isolatedProvider()], { env });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ output, status })));
}

describeTerraform('the provider in a place where it cannot work as usual', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-place-'));
  const long = join(scratch, 'x'.repeat(120));
  const file = join(scratch, 'file');
  let org: Bench;
  let work: Project;

  beforeAll(async () => {
    mkdirSync(long);
    writeFileSync(file, '');
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(scratch, { recursive: true });
  });

  it.each([
    ['a folder for sockets that does not exist', { TMPDIR: join(scratch, 'missing') }],
    ['one that is a file', { PLUGIN_UNIX_SOCKET_DIR: file }],
    ['one that nobody can write to', { TMPDIR: '/proc' }],
    ['one whose path is too long for a socket', { TMPDIR: long }],
  ])('says in one line what to do about %s', async (_, environment) => {
    const { output, status } = await said(environment);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(REMEDY);
    expect(status).toBe(1);
  });

  it('has terraform show that line', async () => {
    const { status, output } = await work.run('plan', '-input=false');
    expect([status, output]).toEqual([0, expect.any(String)]);
    const refused = await terraform(work.folder, ['plan', '-input=false'], {
      ...credentials(org.emulator),
      TMPDIR: join(scratch, 'missing'),
    });
    expect(refused.status).toBe(1);
    expect(refused.output.replace(/[\s│]+/g, ' ')).toContain(REMEDY);
  });

  it.each([
    ['one that does not exist', join(scratch, 'missing')],
    ['one that is a file', file],
    ['one that no variable names', undefined],
  ])('needs no home folder: %s', async (_, HOME) => {
    const given = { ...credentials(org.emulator), HOME, USERPROFILE: undefined };
    const homeless = await terraform(work.folder, ['apply', '-input=false', '-auto-approve'], given);
    expect([homeless.status, homeless.output]).toEqual([0, expect.stringMatching(/1 added|No changes/)]);
  });
});
