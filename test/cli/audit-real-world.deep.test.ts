import { readFileSync, writeFileSync } from 'node:fs';

import JSZip from 'jszip';

import type { Audit } from '../../lib/operations/audit';
import type { CheckReport } from '../../lib/policy/report';
import { sarifProblems } from '../reports/audit/support';
import { realWorldFiles, writeRealWorld } from './real-world';
import { type Project, project } from './support';

let at: Project;
beforeEach(() => {
  at = project();
});
afterEach(() => at.remove());

async function auditJson(source: string, more = ''): Promise<{ readonly code: number; readonly audit: Audit }> {
  const { code, stdout, stderr } = await at.run(`audit --source ${source} --format json ${more}`);
  if (stdout === '') throw new Error(stderr);
  const { audits } = JSON.parse(stdout) as { audits: Audit[] };
  const [audit] = audits;
  if (!audit) throw new Error('no audit');
  return { code, audit };
}

const byName = ({ reports }: Audit): ReadonlyMap<string, CheckReport> =>
  new Map(reports.map((report) => [report.subject.type === 'app' ? report.subject.api_name : 'org', report]));

describe('an audit of hundreds of files as repositories have them', () => {
  it('finishes, judges every app it can read, and lists every file it cannot', async () => {
    const world = writeRealWorld(at.path('repo'), true);
    expect(world.count).toBeGreaterThan(400);
    const { code, audit } = await auditJson('repo');
    expect(code).toBe(3);
    const reports = byName(audit);
    for (const name of world.readable) {
      const evaluated = reports.get(name)?.results.filter(({ outcome }) => outcome !== 'not-evaluated') ?? [];
      expect([name, evaluated.length > 20]).toEqual([name, true]);
    }
    const shown = audit.unread.map(({ path }) => path.replace(/^repo\//, ''));
    expect([...shown].sort()).toEqual([...world.unreadable].sort());
    expect(reports.has('Ignored')).toBe(false);
  });

  it('calls no unreadable file a violation, and no app absent because of one', async () => {
    writeRealWorld(at.path('repo'), true);
    const reports = byName((await auditJson('repo')).audit);
    for (const name of [
      'Empty',
      'Truncated',
      'Binary',
      'Utf16',
      'Latin1',
      'Bomb',
      'Html',
      'Huge',
      'Wrong',
      'Nowhere',
    ]) {
      const outcomes = new Set(reports.get(name)?.results.map(({ outcome }) => outcome));
      expect([name, [...outcomes].filter((each) => each === 'fail' || each === 'pass')]).toEqual([name, []]);
    }
    // A record with a value that is not valid stands for itself; the app keeps the record that does.
    expect(reports.get('Odd')?.score.value).toBeUndefined();
  });

  it('says the same of every other app, whether there are unreadable files or not', async () => {
    const { readable } = writeRealWorld(at.path('with'), true);
    writeRealWorld(at.path('without'), false);
    const [spoiled, clean] = [byName((await auditJson('with')).audit), byName((await auditJson('without')).audit)];
    for (const name of readable) expect(spoiled.get(name)?.results).toEqual(clean.get(name)?.results);
  });

  it('judges installed apps by what the admin can change', async () => {
    writeRealWorld(at.path('repo'), false);
    const reports = byName((await auditJson('repo')).audit);
    const vendor = reports.get('acme0__Sync');
    expect(vendor?.subject).toMatchObject({ third_party: true });
    const outcome = (control: string) => vendor?.results.find((each) => each.control === control)?.outcome;
    expect(outcome('SFCA-CA-IP-RELAXATION')).toBe('fail');
    expect(outcome('SFCA-CA-PKCE')).toBe('not-applicable');
    expect(reports.get('Vendor_0')?.subject).toMatchObject({ third_party: true });
  });

  it('takes a zip for the same, with binary files in it and broken ones', async () => {
    const zip = new JSZip();
    for (const [path, content] of realWorldFiles(true)) zip.file(path, content);
    writeFileSync(at.path('repo.zip'), await zip.generateAsync({ type: 'nodebuffer' }));
    writeRealWorld(at.path('repo'), true);
    const [zipped, folder] = [byName((await auditJson('repo.zip')).audit), byName((await auditJson('repo')).audit)];
    for (const [name, report] of folder) {
      // What only a file system has; and of what is too large, the size is known beforehand only there.
      if (name !== 'Nowhere' && name !== 'Huge') expect(zipped.get(name)?.results).toEqual(report.results);
    }
    expect(zipped.has('Ignored')).toBe(false);
  });

  it('unreadable files alone are no pass, unless they are allowed for', async () => {
    at.write('repo/connectedApps/Broken.connectedApp', '<');
    const { code, audit } = await auditJson('repo');
    expect([code, audit.unread.length]).toEqual([3, 1]);
    expect((await auditJson('repo', '--allow-unread')).code).toBe(0);
    writeRealWorld(at.path('repo'), true);
    expect((await auditJson('repo', '--fail-on critical')).code).toBe(3);
  });

  it('points to the line of the element in SARIF, from the root of the project', async () => {
    writeRealWorld(at.path('repo'), true);
    const { stdout } = await at.run('audit --source repo --format sarif');
    const log = JSON.parse(stdout) as {
      runs: {
        results: { ruleId: string; locations: { physicalLocation?: Place; logicalLocations: { name: string }[] }[] }[];
      }[];
    };
    expect(sarifProblems(log)).toEqual([]);
    const found = log.runs[0]?.results.find(
      ({ ruleId, locations }) => ruleId === 'SFCA-CA-PKCE' && locations[0]?.logicalLocations[0]?.name === 'Old_1',
    );
    const place = found?.locations[0]?.physicalLocation;
    expect(place?.artifactLocation.uri).toBe('repo/src/connectedApps/Old_1.connectedApp');
    const lines = readFileSync(at.path('repo/src/connectedApps/Old_1.connectedApp'), 'utf8').split('\n');
    expect(lines[(place?.region.startLine ?? 0) - 1]).toContain('<isPkceRequired>false');
  });

  it.each(['text', 'junit', 'markdown', 'csv', 'html'])('can be told as %s', async (format) => {
    writeRealWorld(at.path('repo'), true);
    const { code, stdout } = await at.run(`audit --source repo --format ${format}`);
    expect(code).toBe(3);
    expect(stdout).toContain('Old_29');
    if (format === 'html' || format === 'junit') expect(stdout).not.toContain('<b>');
  });
});

interface Place {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number };
}
