import type { Emulator } from '../../lib/emulator';
import { MESSY } from '../../lib/emulator/seeds/messy-org';
import { CANARY, messy } from './messy-support';
import { type Ended, fastOrg, login, org, type Project, project } from './support';

let here: Project;
let salesforce: Emulator;
let seed: string;
beforeAll(async () => {
  here = project();
  // A program that declares no app yet: all forty are the org's own, or unknown.
  here.synth((stack) => {
    org(stack);
  });
  seed = messy(here);
  salesforce = await fastOrg({ seedDir: seed });
});
afterAll(async () => {
  await salesforce.close();
  here.remove();
});

async function drift(options: string, of: Emulator = salesforce): Promise<Ended> {
  const ended = await here.run(`drift ${options}`, { environment: login(of) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
const allow = (review: string): string => {
  const known = [...MESSY.unknown, MESSY.lookAlike].map((app) => ({
    app,
    owner: 'crm-team@acme.example',
    purpose: 'nightly job',
    vendor: 'Acme',
    review,
  }));
  here.write('known.json', JSON.stringify({ format_version: '1.1', known }));
  return '--config known.json';
};

describe('drift --unknown-apps', () => {
  it('ends with 2 and names the three unknown apps and the look-alike', async () => {
    expect(await drift('')).toMatchObject({ code: 0 });
    const { code, stdout } = await drift('--unknown-apps');
    expect(code).toBe(2);
    expect(stdout).toContain('4 apps that no program declares and no allow-list names');
    for (const app of [...MESSY.unknown, MESSY.lookAlike]) expect(stdout).toContain(`"${app}"`);
  });

  it('ends with 0 once the allow-list names them, and with 2 again when their review is overdue', async () => {
    const fine = await drift(`--unknown-apps ${allow('2027-01-31')}`);
    expect([fine.code, fine.stdout]).toEqual([0, expect.stringContaining('none of them unknown')]);
    const late = await drift(`--unknown-apps ${allow('2026-11-01')}`);
    expect(late.code).toBe(2);
    expect(late.stdout).toContain('review overdue since 2026-11-01, ask crm-team@acme.example');
  });

  it('needs no program where the allow-list is in a file, and says that it compared no field', async () => {
    const empty = project();
    try {
      empty.write('known.json', JSON.stringify({ format_version: '1.1', known: [] }));
      const environment = login(salesforce);
      const found = await empty.run('drift --unknown-apps --config known.json', { environment });
      expect(found.code).toBe(2);
      expect(found.stdout).toContain('no app fields were compared');
      expect(found.stdout).toContain('4 apps that no program declares and no allow-list names');
      const json = await empty.run('drift --unknown-apps --config known.json --json', { environment });
      expect(JSON.parse(json.stdout)).toMatchObject({ orgs: [], unknown_apps: [{ complete: true }] });
      // Without an allow-list there is nothing that this run could be about.
      expect(await empty.run('drift --unknown-apps', { environment })).toMatchObject({ code: 1 });
    } finally {
      empty.remove();
    }
  });

  it('takes the allow-list of the program: org.knows', async () => {
    const known = [...MESSY.unknown, MESSY.lookAlike];
    here.synth((stack) => {
      const prod = org(stack);
      for (const app of known) {
        prod.knows({ app, owner: 'crm-team@acme.example', purpose: 'nightly job', review: '2027-01-31' });
      }
    });
    expect(await drift('--unknown-apps')).toMatchObject({ code: 0 });
    here.synth((stack) => {
      org(stack);
    });
    expect(await drift('--unknown-apps')).toMatchObject({ code: 2 });
  });

  it('tells it as JSON beside the drift', async () => {
    const { stdout } = await drift('--unknown-apps --json');
    const { unknown_apps: found } = JSON.parse(stdout) as { unknown_apps: { complete: boolean; unknown: object[] }[] };
    expect(found).toMatchObject([{ complete: true, unknown: [{ label: 'Data Loader' }, {}, {}, {}] }]);
  });

  it('never passes where it could not look: an error that says what was not seen', async () => {
    const config = allow('2027-01-31');
    salesforce.faults.failNext({ operation: 'queryMore' }, { kind: 'api-error', code: 'INVALID_FIELD', message: 'x' });
    const { code, stdout } = await drift(`--unknown-apps ${config}`);
    expect(code).toBe(1);
    expect(stdout).toContain('not everything could be seen');
    expect(stdout).toContain('Not evaluated: OAuth tokens');
  });

  it('ends with 0 once they are gone', async () => {
    for (const app of ['gcw-export', 'My Ticket Portal', 'Reporting Sync 2', 'Data Loader']) {
      const ended = await here.run(`revoke "${app}" --auto-approve`, { environment: login(salesforce) });
      expect(ended).toMatchObject({ code: 0 });
    }
    const { code, stdout } = await drift('--unknown-apps');
    expect(code).toBe(0);
    expect(stdout).toMatch(/"gcw-export" no longer has a token; its last login: 2026-11-20 \(yesterday\)/);
  });
});
