import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { SEED } from '../operations/support';
import { type Ended, fastOrg, login, runCommand, TODAY } from './support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-baseline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const audit = (given: string, today = TODAY): Promise<Ended> =>
  runCommand(`audit --source ${SEED} ${given}`, folder, { today });

const WHO = '--reason Replaced-this-year --approved-by security@acme.example --expires 2027-03-31 --ticket SEC-1';

interface Entry {
  api_name?: string;
  platform?: string;
  org?: string;
  controls: string[];
  reason: string;
  approved_by: string;
  expires: string;
}

const entriesOf = (name: string): Entry[] =>
  (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { exceptions: Entry[] }).exceptions;

/** Writes a baseline of its own, changed by the test. */
async function baseline(name: string, change: (entries: Entry[]) => Entry[] = (entries) => entries): Promise<string> {
  await audit(`--write-baseline ${name} ${WHO}`);
  const exceptions = change(entriesOf(name));
  writeFileSync(join(folder, name), JSON.stringify({ format_version: '1.0', exceptions }));
  return name;
}

const first = (entries: Entry[], change: Partial<Entry>): Entry[] =>
  entries.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry));

describe('audit --write-baseline', () => {
  it('records what fails, with who answers for it until when, and the next audit with it passes', async () => {
    const written = await audit(`--write-baseline all.json ${WHO}`);
    expect(written.stderr).toMatch(/Wrote all\.json: \d+ exceptions added/);
    for (const entry of entriesOf('all.json')) {
      expect(entry).toMatchObject({ approved_by: 'security@acme.example', expires: '2027-03-31', ticket: 'SEC-1' });
    }
    const after = await audit('--baseline all.json --format json');
    const { audits } = JSON.parse(after.stdout) as {
      audits: { diagnostics: unknown[]; reports: { results: { outcome: string; severity?: string }[] }[] }[];
    };
    const results = audits.flatMap(({ reports }) => reports.flatMap((report) => report.results));
    const failing = results.filter(({ outcome, severity }) => outcome === 'fail' && severity !== 'medium');
    expect(results.some(({ outcome }) => outcome === 'justified')).toBe(true);
    expect(audits.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    // What no one may excuse was said, and keeps failing.
    const inexcusable = written.stderr.match(/cannot be excused for/g) ?? [];
    expect(failing).toHaveLength(inexcusable.length);
    expect(after.code).toBe(inexcusable.length > 0 ? 3 : 0);
    expect(written.code).toBe(after.code);
  });

  it('demands reason, approver and end, all at once, and writes nothing without them', async () => {
    const { code, stderr } = await audit('--write-baseline none.json');
    for (const option of ['--reason', '--approved-by', '--expires']) expect(stderr).toContain(option);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'none.json'))).toBe(false);
  });

  it('refuses an end more than a year away', async () => {
    const { code, stderr } = await audit(`--write-baseline far.json ${WHO.replace('2027-03-31', '2027-11-22')}`);
    expect(stderr).toContain('more than a year');
    expect(code).toBe(1);
  });

  it('never overwrites a file that --baseline does not name', async () => {
    writeFileSync(join(folder, 'precious.json'), 'mine');
    const { code, stderr } = await audit(`--write-baseline precious.json ${WHO}`);
    expect(stderr).toContain('already exists');
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'precious.json'), 'utf8')).toBe('mine');
  });

  it('adds what is new to the baseline that there is', async () => {
    const name = await baseline('grows.json', (entries) => entries.slice(0, 1));
    const { stderr } = await audit(`--baseline ${name} --write-baseline ${name} ${WHO.replace('SEC-1', 'SEC-2')}`);
    expect(stderr).toContain('Wrote grows.json');
    const tickets = entriesOf(name).map((entry) => (entry as Entry & { ticket: string }).ticket);
    expect(tickets[0]).toBe('SEC-1');
    expect(new Set(tickets.slice(1))).toEqual(new Set(['SEC-2']));
  });

  it('writes nothing while an exception that there is does not hold', async () => {
    const name = await baseline('stale.json', (entries) => first(entries, { api_name: 'Gone' }));
    const before = readFileSync(join(folder, name), 'utf8');
    const { code, stderr } = await audit(`--baseline ${name} --write-baseline ${name} ${WHO}`);
    expect(stderr).toContain('Not written, because there are errors to correct first');
    expect(code).toBe(1);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(before);
  });

  it('is what its companions belong to', async () => {
    const { code, stderr } = await audit('--reason because --ticket SEC-1');
    expect(stderr).toContain('--reason, --ticket');
    expect(code).toBe(1);
  });
});

describe('audit --baseline', () => {
  it.each<[string, (entries: Entry[]) => Entry[], string]>([
    ['of an unknown app', (all) => first(all, { api_name: 'Legacy_Portl' }), 'the closest match is Legacy_Portal'],
    ['of an unknown control', (all) => first(all, { controls: ['SFCA-ECA-PKCEE'] }), 'SFCA-ECA-PKCE'],
    ['of what complies', (all) => first(all, { controls: ['SFCA-ECA-SESSION-LEVEL'] }), 'remove the exception'],
    ['of what nobody may excuse', (all) => first(all, { controls: ['SFCA-APP-PUBLIC-SECRET'] }), 'cannot be exempted'],
    ['without a reason', (all) => first(all, { reason: ' ' }), 'gives no reason'],
    ['without an approver', (all) => first(all, { approved_by: '' }), 'names no approver'],
    ['without a real day', (all) => first(all, { expires: '2027-02-30' }), 'not a calendar date'],
    ['on the wrong platform', (all) => first(all, { platform: 'connected-app' }), 'on that platform'],
    ['for one thing twice', (all) => [...all, ...all.slice(0, 1)], 'is excused at exceptions[0] already'],
  ])('refuses an exception %s', async (_name, change, message) => {
    const name = await baseline('wrong.json', (entries) => change(sorted(entries)));
    const { code, stdout, stderr } = await audit(`--baseline ${name}`);
    rmSync(join(folder, name));
    expect(stdout + stderr).toContain(message);
    expect(code).toBe(1);
  });

  it('names the control that an exception excuses in vain, and keeps the rest of it', async () => {
    const name = await baseline('partly.json', (entries) =>
      sorted(entries).map((entry, index) =>
        index === 0 ? { ...entry, controls: [...entry.controls, 'SFCA-ECA-SESSION-LEVEL'] } : entry,
      ),
    );
    const { code, stdout } = await audit(`--baseline ${name}`);
    expect(stdout).toMatch(/exemption is unused[\s\S]*SFCA-ECA-SESSION-LEVEL[\s\S]*remove these controls from it/);
    expect(stdout).toContain('justified');
    expect(code).toBe(1);
  });

  it('is told about an app that the configuration keeps from being judged', async () => {
    const name = await baseline('both.json');
    const exclude = [{ api_name: 'Legacy_Portal', reason: 'It is switched off next week' }];
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ format_version: '1.0', exclude }));
    const { code, stdout } = await audit(`--baseline ${name} --config config.json`);
    expect(stdout).toContain('audit configuration excludes');
    expect(code).toBe(1);
  });

  it('warns in the last 30 days, and fails from the day after', async () => {
    const name = await baseline('ends.json');
    const soon = await audit(`--baseline ${name}`, '2027-03-31');
    expect(soon.stdout).toContain('the exception expires on 2027-03-31');
    expect(soon.code).not.toBe(1);
    const late = await audit(`--baseline ${name}`, '2027-04-01');
    expect(late.stdout).toContain('the justification expired');
    expect(late.code).toBe(1);
  });

  it.each([
    ['{', 'this is not valid JSON'],
    ['{"format_version":"2.0","exceptions":[]}', 'another major version'],
    ['{"format_version":"1.0","exceptions":[{"api_name":"A","controls":[]}]}', 'exceptions[0].approved_by'],
  ])('refuses the file %j', async (text, message) => {
    writeFileSync(join(folder, 'broken.json'), text);
    const { code, stderr } = await audit('--baseline broken.json');
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });
});

describe('audit --baseline of live orgs', () => {
  const orgs: Emulator[] = [];
  afterAll(() => Promise.all(orgs.map((org) => org.close())));

  it('names the org of each violation where there are several, and judges the file once', async () => {
    orgs.push(await fastOrg({ seedDir: SEED }), await fastOrg({ seedDir: SEED }));
    const environment = Object.assign({}, ...orgs.map((org, index) => login(org, `org${index}`)));
    const run = (given: string): Promise<Ended> => runCommand(`audit ${given}`, folder, { environment });
    const both = '--org org0 --org org1';

    await run(`${both} --write-baseline live.json ${WHO}`);
    const entries = entriesOf('live.json');
    expect(new Set(entries.map(({ org }) => org))).toEqual(new Set(['org0', 'org1']));

    const one = await run('--org org0 --baseline live.json');
    expect(one.stdout).toContain('for an org that was not audited this time');
    expect(one.code).not.toBe(1);

    // Without the org it counts in both, and is needed if one of them needs it.
    const anywhere = entries.filter(({ org }) => org === 'org0').map(({ org: _org, ...entry }) => entry);
    const portal = anywhere.find(({ api_name: name }) => name === 'Legacy_Portal');
    const needless = { ...portal, controls: ['SFCA-ECA-SESSION-LEVEL'] };
    const save = (exceptions: readonly object[]): void =>
      writeFileSync(join(folder, 'live.json'), JSON.stringify({ format_version: '1.0', exceptions }));
    save(anywhere);
    const two = await run(`${both} --baseline live.json`);
    expect(two.stdout).toContain('justified');
    expect(two.stdout).not.toContain('exemption is unused');
    save([...anywhere, needless]);
    const wrong = await run(`${both} --baseline live.json`);
    expect(wrong.stdout.match(/exemption is unused/g)).toHaveLength(1);
    expect(wrong.code).toBe(1);

    // Nobody knows what an org that cannot be read would have needed.
    const unread = await runCommand(`audit ${both} --baseline live.json`, folder, {
      environment: { ...environment, SF_ORG1_ACCESS_TOKEN: 'gone' },
    });
    expect(unread.stdout).not.toContain('exemption is unused');
    expect(unread.code).toBe(5);
  });
});

const sorted = (entries: Entry[]): Entry[] => [
  ...entries.filter(({ api_name: name }) => name === 'Legacy_Portal'),
  ...entries.filter(({ api_name: name }) => name !== 'Legacy_Portal'),
];
