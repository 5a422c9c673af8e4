import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import JSZip from 'jszip';

import { readZip } from '../../lib/metadata/package/zip';
import { runCommand } from '../cli/support';
import { read } from './random-components';

const TYPE = 'ExtlClntAppConfigurablePolicies';
const inside = (content: string): string =>
  `<${TYPE} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${TYPE}>`;
const bomb = Array.from({ length: 9 }, (_, n) => `<!ENTITY b${n + 1} "${`&b${n};`.repeat(10)}">`).join('');

describe('a hostile file gets one short error', () => {
  it.each<[string, string, RegExp]>([
    ['an entity bomb', `<!DOCTYPE x [<!ENTITY b0 "x">${bomb}]>${inside('&b9;')}`, /DOCTYPE/],
    ['an external entity', `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inside('&f;')}`, /DOCTYPE/],
    ['an external document type', `<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">${inside('')}`, /DOCTYPE/],
    ['100,000 levels', inside('<a>'.repeat(100_000)), /nested deeper than 64 levels/],
    ['a million elements', inside('<a/>'.repeat(1_000_000)), /more than 100000 elements/],
    [
      'a million attributes',
      inside(`<a ${Array.from({ length: 600_000 }, (_, n) => `a${n}=""`).join(' ')}/>`),
      /more than/,
    ],
    ['100 MB', inside('x'.repeat(100 * 1024 * 1024)), /more than the 8388608 allowed/],
    ['a name of a megabyte', inside(`<${'a'.repeat(1_000_000)}></b>`), /unexpected close tag|unclosed/i],
    ['a cut', inside('<isEnabled>true</isEnabled>').slice(0, 90), /unclosed/i],
    ['another encoding', `<?xml version="1.0" encoding="UTF-16"?>${inside('')}`, /UTF-16/],
    ['an undeclared prefix', inside('<x:isEnabled>true</x:isEnabled>'), /prefix/],
    ['an attribute twice', inside('<a b="1" b="2"/>'), /attribute/],
    ['a control character', inside('<label>\u0000</label>'), /character/],
    ['nothing', '', /\broot\b/],
  ])('%s', (_what, text, message) => {
    const problem = read(TYPE, text);
    expect(problem).toMatch(message);
    expect(typeof problem === 'string' && problem.length).toBeLessThan(300);
    expect(problem).not.toContain('\n');
  });

  it('many unknown elements of one name are read in one pass', () => {
    const component = read(TYPE, inside('<a>1</a>'.repeat(90_000)));
    expect(typeof component === 'string' ? component : component.unknown).toHaveLength(90_000);
  });
});

/** A zip of stored entries, with names as they are: libraries refuse to write some of these. */
async function zipOf(names: readonly string[]): Promise<Buffer> {
  const zip = new JSZip();
  // Names of one length can be swapped in the bytes afterward, check sums cover contents only.
  names.forEach((name, n) => zip.file(String(n).padStart(name.length, '_'), inside('')));
  let bytes = (await zip.generateAsync({ type: 'nodebuffer' })).toString('latin1');
  names.forEach((name, n) => {
    bytes = bytes.replaceAll(String(n).padStart(name.length, '_'), name);
  });
  return Buffer.from(bytes, 'latin1');
}

const FILE = 'externalClientApps/A.eca';

describe('a hostile zip gets one error', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['a path out of the archive', ['../../externalClientApps/A.eca'], /unsafe path/],
    ['a path with backslashes', ['..\\..\\externalClientApps\\A.eca'], /unsafe path/],
    ['an absolute path', ['/externalClientApps/A.eca'], /unsafe path/],
    ['a file twice', [FILE, FILE], /"externalClientApps\/A.eca" twice/],
  ])('%s', async (_what, names, message) => {
    const bytes = await zipOf(names);
    expect(await readZip(bytes)).toMatchObject({ ok: false, error: expect.stringMatching(message) as unknown });
    const path = join(folder, 'hostile.zip');
    writeFileSync(path, bytes);
    const { code, stderr } = await runCommand(`audit --source ${path}`, folder);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
  });

  it('a file that unpacks to a thousand times its size', async () => {
    const bytes = await new JSZip()
      .file(FILE, Buffer.alloc(50_000_000))
      .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    expect(await readZip(bytes, { maxBytes: 1_000_000 })).toEqual({
      ok: false,
      error: 'the zip unpacks to more than 1000000 bytes',
    });
  });

  it('a directory that claims entries it does not have', async () => {
    const bytes = await zipOf([FILE]);
    bytes.writeUInt16LE(9, bytes.length - 12);
    expect(await readZip(bytes)).toEqual({ ok: false, error: 'the zip cannot be read: its directory is damaged' });
  });
});

const folder = mkdtempSync(join(tmpdir(), 'client-apps-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('client-apps audit --source', () => {
  const place = (path: string, text: string): string => {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  };

  it('names every file it does not read, and why', async () => {
    place(
      'project/externalClientApps/A.eca-meta.xml',
      '<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    );
    place('project/extlClntAppGlobalOauthSets/A.ecaGlobalOauth-meta.xml', inside(''));
    place('project/externalClientApps/README.md', 'notes');
    truncateSync(place('project/externalClientApps/Huge.eca-meta.xml', ''), 100 * 1024 * 1024);
    const { stdout } = await runCommand('audit --source project', folder);
    expect(stdout).toMatch(/not read .*A\.ecaGlobalOauth-meta\.xml: .*suffix ecaGlobalOauth/);
    expect(stdout).toMatch(/not read .*Huge\.eca-meta\.xml: it has 104857600 bytes/);
    expect(stdout).not.toContain('README');
  });

  it('reads a file of a Salesforce DX project in any folder', async () => {
    place(
      'elsewhere/apps/portal/B.eca-meta.xml',
      '<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    );
    const { stdout } = await runCommand('audit --source elsewhere', folder);
    expect(stdout).toContain('app B');
  });
});
