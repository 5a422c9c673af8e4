import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { document, documents, repositoryFiles, ROOT } from './documents';

const LOCK = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
};
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const PAGES = documents.filter(({ path }) => /^docs\/decisions\/(?!README)/.test(path));

/** Name, version and license of each package that the page is about. */
const versionsOf = (text: string): readonly (readonly [string, string, string])[] =>
  [...(/^Version: (.+)$/m.exec(text)?.[1] ?? '').matchAll(/(\S+) (\d+\.\d+\.\d+) \(([^)]+)\)/g)].map(
    ([, name = '', version = '', license = '']) => [name, version, license],
  );

describe('the decisions', () => {
  it('are all in the index, each once, and have no numbers beside those of the rules', () => {
    const names = PAGES.map(({ path }) => path.replace('docs/decisions/', '')).sort();
    const linked = document('docs/decisions/README.md').links.filter((link) => !link.startsWith('.'));
    expect([...linked].sort()).toEqual(names);
    expect(names.filter((name) => /\d/.test(name))).toEqual([]);
  });

  it.each(PAGES.map(({ path, text }) => [path, text] as const))('%s is short and says what and why', (_, text) => {
    expect(text).toMatch(/^# \D/);
    expect(text).toContain('**Decision');
    expect(text).toContain('**Why');
    expect(text.split('\n').length).toBeLessThan(40);
  });

  it('name the versions and licenses of the lock file', () => {
    for (const [name, version, license] of PAGES.flatMap(({ text }) => versionsOf(text))) {
      const locked = LOCK.packages[`node_modules/${name}`];
      expect([name, version]).toEqual([name, locked?.version]);
      // A choice of licenses is told in words.
      expect(locked?.license).toContain(license.split(' ')[0]);
    }
  });

  it('cover every dependency that users install', () => {
    const covered = new Set(PAGES.flatMap(({ text }) => versionsOf(text)).map(([name]) => name));
    const installed = [...Object.keys(PACKAGE.dependencies), ...Object.keys(PACKAGE.peerDependencies)];
    expect(installed.filter((name) => !covered.has(name))).toEqual([]);
  });

  it('explain every rule that a comment refers to by number', () => {
    const table = document('docs/decisions/README.md').text;
    const known = new Set([...table.matchAll(/^\| (D\d+) /gm)].map(([, rule]) => rule));
    const named = repositoryFiles()
      .filter((path) => /^(lib|constructs|scripts|bench|examples|test)\/.*\.ts$/.test(path))
      .flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\bD\d{1,2}\b/g)].map(([rule]) => rule));
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((rule) => !known.has(rule))).toEqual([]);
  });
});
