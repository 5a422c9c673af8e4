import { existsSync, mkdirSync, readdirSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { deploys, type Ended, fastOrg, login, org, portal, type Project, project, type RunOptions } from './support';

let here: Project;
let orgs: Readonly<Record<'prod' | 'uat', Emulator>>;
beforeEach(async () => {
  here = project();
  mkdirSync(here.path('.git'));
  const usage = { tokens: [{ app: 'Portal', user: 'user@acme.example', created: '2026-11-01T00:00:00Z' }] };
  const seed = { users: [{ username: 'user@acme.example' }], usage };
  orgs = { prod: await fastOrg({ org: seed }), uat: await fastOrg({ org: seed }) };
  here.synth((stack) => {
    for (const name of ['prod', 'uat']) portal(org(stack, name));
  });
});
afterEach(async () => {
  await Promise.all(Object.values(orgs).map((each) => each.close()));
  here.remove();
});

const configure = (content: object): void =>
  here.write('client-apps.config.json', JSON.stringify({ format_version: '1.3', ...content }));
const run = (line: string, options: RunOptions = {}): Promise<Ended> =>
  here.run(line, { ...options, environment: { ...login(orgs.prod, 'prod'), ...login(orgs.uat, 'uat') } });
const sent = (): readonly number[] => [deploys(orgs.prod), deploys(orgs.uat)];
const files = (folder: string): readonly string[] =>
  existsSync(here.path(folder)) ? readdirSync(here.path(folder)).sort() : [];

describe('the configured folder of receipts', () => {
  const RECEIPTS = ['identity__prod.json', 'identity__uat.json'];

  it('holds the receipts of orgs on the network, and every command reads them there', async () => {
    configure({ receipts: 'kept/receipts' });
    const applied = await run('apply --auto-approve');
    expect([applied.code, files('kept/receipts'), files('.client-apps/receipts')]).toEqual([0, RECEIPTS, []]);
    expect(applied.stderr).toContain('Receipt saved to kept/receipts/identity__prod.json');
    expect(await run('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await run('drift')).toMatchObject({ code: 0 });
    const doctor = await run('doctor prod --json');
    expect(doctor.stdout).toContain('kept/receipts/identity__prod.json');
    // An app that the org no longer has is told by the receipt alone.
    expect((await run('destroy --auto-approve --all')).code).toBe(0);
    expect(files('kept/receipts')).toEqual(RECEIPTS);
    expect(files('.client-apps/receipts')).toEqual([]);
  });

  it('holds the journal, too: what was cut off is told, and finished', async () => {
    configure({ receipts: 'kept/receipts' });
    const kill = (text: string): void => {
      if (text.includes('deploying to uat')) throw new Error('killed');
    };
    await expect(run('apply --auto-approve', { onStderr: kill })).rejects.toThrow('killed');
    expect(files('kept/receipts')).toContain('identity__uat.journal.json');
    expect(files('.client-apps/receipts')).toEqual([]);
    const plan = await run('plan');
    expect(plan.stdout + plan.stderr).toMatch(/uat.*(cut off|unfinished|did not come to its end)/);
    const again = await run('apply --auto-approve --resume');
    expect([again.code, sent(), files('kept/receipts')]).toEqual([0, [1, 1], RECEIPTS]);
  });
});

describe('the configured orgs of an emergency command', () => {
  beforeEach(async () => {
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    configure({ orgs: ['uat'] });
  });

  it.each(['stop Portal', 'revoke Portal --auto-approve', 'incident Portal --auto-approve --out case'])(
    '%s works on them alone, and says where that stands',
    async (line) => {
      const before = orgs.prod.calls().length;
      const { code, stdout, stderr } = await run(line);
      expect([code, orgs.prod.calls().length]).toEqual([line.startsWith('incident') ? expect.any(Number) : 0, before]);
      expect(stderr).toContain('Settings from client-apps.config.json (orgs)');
      expect(stdout + stderr).toContain('uat');
    },
  );

  it('stop of an app by its full name reaches its org all the same', async () => {
    const { code, stdout } = await run('stop prod/Portal');
    expect([code, sent()]).toEqual([0, [2, 1]]);
    expect(stdout).toContain('Portal is off in prod');
  });
});
