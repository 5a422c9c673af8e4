import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseXml } from '../../lib/metadata/package/xml';
import { writeZip } from '../../lib/metadata/package/zip';
import { SEED } from '../operations/support';
import { runCommand } from './support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (root: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const),
  );

async function audit(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await runCommand(`audit ${given.join(' ')}`, folder);
  return { code, out: stdout, err: stderr };
}

describe('client-apps audit --source', () => {
  it('judges every app of a package and exits with 3 when something fails at the threshold', async () => {
    const { code, out } = await audit('--source', SEED);
    expect(out).toContain('app Legacy_Portal');
    expect(out).toContain('connected app Data_Loader_Nightly');
    expect(out).toMatch(/high +PKCE is not required \(SFCA-ECA-PKCE\)/);
    expect(code).toBe(3);
  });

  it('takes a zip, and a Salesforce DX project, for the same as the package', async () => {
    const json = async (source: string): Promise<unknown> => {
      const { out } = await audit('--source', source, '--format', 'json');
      const { audits } = JSON.parse(out) as { audits: { reports: Record<string, unknown>[] }[] };
      // Where it is written differs, of course.
      return audits[0]?.reports.map((report) => ({ ...report, places: undefined }));
    };
    const zip = join(folder, 'package.zip');
    writeFileSync(zip, await writeZip(filesOf(SEED)));
    const project = join(folder, 'project/force-app/main/default/externalClientApps');
    mkdirSync(join(project, '..'), { recursive: true });
    cpSync(SEED, join(project, '..'), { recursive: true });
    const expected = await json(SEED);
    expect(await json(zip)).toEqual(expected);
    expect(await json(join(folder, 'project'))).toEqual(expected);
  });

  it('lists files it cannot read, judges the rest, and takes nothing for absent', async () => {
    const broken = join(folder, 'broken');
    cpSync(SEED, broken, { recursive: true });
    writeFileSync(join(broken, 'extlClntAppGlobalOauthSets/Reporting_glbloauth.ecaGlblOauth'), '<ExtlClntApp');
    writeFileSync(
      join(broken, 'connectedApps/Bomb.connectedApp'),
      '<!DOCTYPE a [<!ENTITY b "c">]><ConnectedApp>&b;</ConnectedApp>',
    );
    const { code, out } = await audit('--source', broken);
    expect(out).toMatch(/not read broken\/extlClntAppGlobalOauthSets\/Reporting_glbloauth.ecaGlblOauth/);
    expect(out).toMatch(/not read broken\/connectedApps\/Bomb.connectedApp: .*DOCTYPE/);
    expect(out).toContain('app Legacy_Portal');
    expect(code).toBe(3);
  });

  it.each([
    [['--source', 'nowhere'], 'there is no such file or folder'],
    [['--source', tmpdir(), '--local'], 'cannot be used with --source'],
    [['--fail-on', 'awful'], 'Allowed choices'],
  ])('refuses %j', async (given, message) => {
    const { code, err } = await audit(...given);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });
});

describe('reports', () => {
  it('SARIF names each violated control once per app, with fingerprints that do not repeat', async () => {
    const { out } = await audit('--source', SEED, '--format', 'sarif');
    const log = JSON.parse(out) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; partialFingerprints: Record<string, string> }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    const [first] = log.runs;
    const prints = first?.results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]);
    expect(new Set(prints).size).toBe(first?.results.length);
    for (const { ruleId, ruleIndex } of first?.results ?? []) {
      expect(first?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('JUnit is well-formed, and its counts are those of its cases', async () => {
    const { out } = await audit('--source', SEED, '--format', 'junit', '--out', 'report.xml');
    expect(out).toBe('');
    const parsed = parseXml(readFileSync(join(folder, 'report.xml'), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.error.problem);
    for (const suite of parsed.value.children) {
      const cases = suite.children.filter(({ name }) => name === 'testcase');
      const failures = cases.filter(({ children }) => children[0]?.name === 'failure');
      expect(Number(suite.attributes['failures'])).toBe(failures.length);
      expect(Number(suite.attributes['tests'])).toBe(cases.length);
    }
  });
});

describe('client-apps audit of a live org', () => {
  it('judges all apps, managed or not, and the org settings', async () => {
    const { code, out } = await audit('--local', '--seed', SEED);
    expect(out).toContain('org settings');
    expect(out).toContain('app Reporting');
    expect(out).toContain('connected app Data_Loader_Nightly');
    expect(code).toBe(3);
  });
});

describe('client-apps explain', () => {
  it('tells about controls, fields and options, and suggests for anything else', async () => {
    for (const term of ['SFCA-ECA-PKCE', 'isPkceRequired', 'pkce']) {
      const { code, stdout } = await runCommand(`explain ${term}`, folder);
      expect(code).toBe(0);
      expect(stdout.length).toBeGreaterThan(100);
    }
    const { code, stderr } = await runCommand('explain SFCA-ECA-PKCF', folder);
    expect(code).toBe(1);
    expect(stderr).toContain('SFCA-ECA-PKCE');
  });
});
