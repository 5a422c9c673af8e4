import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import type { UsageSeed } from '../../lib/emulator/usage/seed';
import type { Audit } from '../../lib/operations/audit';
import { MESSY } from './messy-org';
import { CANARY, declared, messy } from './messy-support';
import { type Ended, fastOrg, login, project, type Project } from './support';

let here: Project;
let seed: string;
let salesforce: Emulator;
const begin = (): void => {
  here = project();
  here.synth(declared);
  seed = messy(here);
};
const start = async (options: EmulatorOptions = {}): Promise<void> => {
  salesforce = await fastOrg({ ...options, seedDir: seed });
};
const end = async (): Promise<void> => {
  await salesforce.close();
  here.remove();
};
async function audit(options: string): Promise<Ended> {
  const ended = await here.run(`audit ${options}`, { environment: login(salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
async function auditOf(options: string): Promise<Audit> {
  const { stdout } = await audit(`--format json ${options}`);
  return (JSON.parse(stdout) as { audits: readonly Audit[] }).audits[0] as Audit;
}
/** Tokens that the org was seeded with, and so serves. */
function served(): NonNullable<UsageSeed['tokens']> {
  const { usage } = JSON.parse(readFileSync(join(seed, 'org.json'), 'utf8')) as { usage: UsageSeed };
  return usage.tokens ?? [];
}

describe('audit --with-usage of the messy org', () => {
  beforeAll(async () => {
    begin();
    await start();
  });
  afterAll(end);

  it('is not paid for unless asked, and every report says what was not evaluated and how to have it', async () => {
    const before = salesforce.calls().length;
    const line = 'Tokens and logins were not evaluated';
    expect((await auditOf('')).usage_not_evaluated).toContain(line);
    expect(
      salesforce
        .calls()
        .slice(before)
        .map(({ operation }) => operation),
    ).not.toContain('queryMore');
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await audit(`--format ${format}`);
      expect(stdout).toContain(line);
      expect(stdout).toContain('--with-usage');
    }
  });

  it('tells who uses the org, with the numbers that the org served', async () => {
    const { usage, usage_not_evaluated: line } = await auditOf('--with-usage');
    expect(line).toBeUndefined();
    expect(usage?.apps).toHaveLength(MESSY.apps);
    for (const { api_name: name, label, tokens } of usage?.apps ?? []) {
      const own = served().filter(({ app }) => app === (name ?? label));
      expect([label, tokens?.count, tokens?.uses]).toEqual([
        label,
        own.length,
        own.reduce((sum, { uses = 0 }) => sum + uses, 0),
      ]);
    }
  });

  it.each(['text', 'markdown'])('tells it as %s', async (format) => {
    const { stdout } = await audit(`--with-usage --format ${format}`);
    for (const app of [...MESSY.unknown, MESSY.lookAlike]) expect(stdout).toContain(app);
    expect(stdout).not.toContain('Tokens and logins were not evaluated');
  });
});

describe('audit --with-usage that could not see everything', () => {
  beforeEach(begin);
  afterEach(end);

  it('is not clean without the permission, and names it', async () => {
    const org = JSON.parse(here.read('seed/org.json')) as object;
    here.write(
      'seed/org.json',
      JSON.stringify({ ...org, deployUser: { permissions: { PermissionsCustomizeApplication: false } } }),
    );
    await start();
    const { stdout, stderr, code } = await audit('--with-usage --fail-on critical');
    expect(code).toBe(3);
    expect(stderr).toContain('not every token could be read');
    expect(stdout).toContain('Needs the permission Customize Application');
  });
});

it('files hold no tokens: --with-usage is about orgs', async () => {
  begin();
  expect(await here.run('audit --source seed --with-usage')).toMatchObject({ code: 1 });
  expect((await here.run('audit --source seed')).stdout).toContain('Tokens and logins were not evaluated');
  here.remove();
});
