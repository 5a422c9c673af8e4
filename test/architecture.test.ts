import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

import { CONNECTED_APP_PARTS } from '../lib/metadata/fields/connected-app';
import { placeOf, type Setting, SETTINGS } from '../lib/options/settings';
import { findCycle, reachable } from './architecture/graph';
import { type Import, parse, ROOT, type Source, sourcesIn } from './architecture/source';

const SOURCES = sourcesIn('lib', 'constructs');
const LATER = sourcesIn('examples', 'scripts', 'bench');

const PURE = [
  'lib/values',
  'lib/declaration',
  'lib/options',
  'lib/metadata',
  'lib/policy',
  'lib/synth',
  'lib/plan',
  'lib/usage',
  'lib/import',
  'lib/reports',
];
/** Each may import from itself and from those before it. */
const ORDER = PURE;

/** Where a process begins: the command line, and the plugin that Terraform starts. */
const EDGES = ['lib/cli', 'lib/terraform/wire', 'lib/terraform/main.ts'];

const below = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const inFolder = (...folders: readonly string[]): readonly Source[] =>
  SOURCES.filter(({ path }) => folders.some((folder) => below(path, folder)));
const isOurs = ({ specifier }: Import): boolean => specifier.startsWith('.');
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Imports that break a rule, as `file -> what`; a test expects none. */
function offenders(sources: readonly Source[], breaks: (item: Import, source: Source) => boolean): readonly string[] {
  return sources.flatMap((source) =>
    source.imports.filter((item) => breaks(item, source)).map(({ specifier }) => `${source.path} -> ${specifier}`),
  );
}

/** Uses of watched globals, as `file: use`. */
const globalsOf = (sources: readonly Source[], matches: RegExp): readonly string[] =>
  sources.flatMap(({ path, globals }) => globals.filter((use) => matches.test(use)).map((use) => `${path}: ${use}`));

describe('the pure folders', () => {
  // Where in the author's program something is declared is read from the call stack and source maps.
  const pure = inFolder(...PURE).filter(({ path }) => !below(path, 'lib/synth/source'));

  it('are there', () => {
    for (const folder of ['lib/values', 'lib/declaration', 'lib/metadata', 'lib/synth', 'lib/plan']) {
      expect(inFolder(folder).length).toBeGreaterThan(3);
    }
  });

  it('import nothing of Node but hashes and certificates', () => {
    const found = pure.flatMap(({ path, imports }) =>
      imports.filter(({ specifier }) => isBuiltin(specifier)).map((item) => ({ path, ...item })),
    );
    for (const { specifier } of found) expect(specifier).toBe('node:crypto');
    const names = found.flatMap(({ path, names: all }) => all.map((name) => `${path}: ${name}`));
    expect(new Set(names.map((use) => use.split(': ')[1]))).toEqual(new Set(['createHash', 'X509Certificate']));
  });

  it('use only packages that compute', () => {
    const allowed = new Set(['fast-xml-builder', 'jszip', 'saxes', 'zod']);
    const breaks = (item: Import): boolean =>
      !item.typeOnly && !isOurs(item) && !isBuiltin(item.specifier) && !allowed.has(packageOf(item.specifier));
    expect(offenders(pure, breaks)).toEqual([]);
  });

  it('know neither clock, chance, process, network nor timer', () => {
    expect(globalsOf(pure, /./)).toEqual([]);
  });

  it('import only from themselves and from earlier ones', () => {
    for (const [index, folder] of ORDER.entries()) {
      const allowed = ORDER.slice(0, index + 1);
      const breaks = (item: Import): boolean =>
        isOurs(item) && !allowed.some((earlier) => below(item.target, earlier)) && !isTypeOfFacts(folder, item);
      expect(offenders(inFolder(folder), breaks)).toEqual([]);
    }
  });
});

/** What is computed from facts that others gather knows the types of those facts, and none of the code. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  'lib/plan': ['lib/org'],
  'lib/usage': ['lib/org'],
  'lib/import': ['lib/org'],
  'lib/reports': ['lib/org', 'lib/operations', 'lib/proof'],
};

const isTypeOfFacts = (folder: string, { target, typeOnly }: Import): boolean =>
  typeOnly && (FACTS[folder] ?? []).some((each) => below(target, each));

describe('the doors', () => {
  it('jsforce is imported by lib/org alone', () => {
    const breaks = ({ specifier }: Import, { path }: Source): boolean =>
      packageOf(specifier) === 'jsforce' && !below(path, 'lib/org');
    expect(offenders([...SOURCES, ...LATER], breaks)).toEqual([]);
  });

  it('jsforce is loaded when a session opens, never with a file', () => {
    const breaks = ({ specifier, when, typeOnly }: Import): boolean =>
      packageOf(specifier) === 'jsforce' && when === 'static' && !typeOnly;
    expect(offenders(SOURCES, breaks)).toEqual([]);
  });

  it('the CDKs and constructs are imported by one file each, and the null provider by its engine', () => {
    const doors = new Map([
      ['cdktf', ['constructs/cdk.ts']],
      ['cdktn', ['constructs/cdk.ts']],
      ['constructs', ['constructs/tree.ts', 'constructs/peers.ts']],
      ['@cdktf/provider-null', ['constructs/engines/null-base.ts']],
    ]);
    const breaks = ({ specifier }: Import, { path }: Source): boolean =>
      !(doors.get(packageOf(specifier)) ?? [path]).includes(path);
    expect(offenders(SOURCES, breaks)).toEqual([]);
  });

  it('no CDK is loaded with a file: the stack of a program says which', () => {
    const breaks = ({ specifier, when, typeOnly }: Import): boolean =>
      ['cdktf', 'cdktn'].includes(packageOf(specifier)) && when === 'static' && !typeOnly;
    expect(offenders(SOURCES, breaks)).toEqual([]);
  });

  it('lib never imports constructs', () => {
    expect(offenders(inFolder('lib'), ({ target }) => below(target, 'constructs'))).toEqual([]);
  });

  it('synth is for the constructs alone', () => {
    const breaks = ({ target }: Import, { path }: Source): boolean =>
      below(target, 'lib/synth') && !below(path, 'lib/synth') && !below(path, 'constructs');
    expect(offenders(SOURCES, breaks)).toEqual([]);
  });

  it('props are types, and know no engine', () => {
    const breaks = ({ target, typeOnly }: Import): boolean => !typeOnly || below(target, 'constructs/engines');
    expect(offenders(inFolder('constructs/props'), breaks)).toEqual([]);
  });

  it('constructs import no stage that reaches out', () => {
    const outward = [
      'lib/org',
      'lib/operations',
      'lib/emulator',
      'lib/cli',
      'lib/terraform',
      'lib/plan',
      'lib/reports',
    ];
    const breaks = ({ target }: Import): boolean => outward.some((folder) => below(target, folder));
    expect(offenders(inFolder('constructs'), breaks)).toEqual([]);
  });

  it('the org adapter knows values and metadata, not plans or operations', () => {
    const allowed = ['lib/org', 'lib/values', 'lib/metadata'];
    const breaks = (item: Import): boolean => isOurs(item) && !allowed.some((folder) => below(item.target, folder));
    expect(offenders(inFolder('lib/org'), breaks)).toEqual([]);
  });

  it('operations touch the org by its port only: no file, no network, no terminal', () => {
    const operations = inFolder('lib/operations');
    expect(offenders(operations, (item) => !isOurs(item))).toEqual([]);
    const outward = ['lib/cli', 'lib/emulator', 'constructs'];
    const breaks = ({ target }: Import): boolean => outward.some((folder) => below(target, folder));
    expect(offenders(operations, breaks)).toEqual([]);
    expect(globalsOf(operations, /./)).toEqual([]);
  });

  it('the emulator shares values and the bytes of XML and zip with us, and no knowledge of fields', () => {
    const shared = ['lib/emulator', 'lib/values', 'lib/metadata/package/xml', 'lib/metadata/package/zip'];
    const breaks = (item: Import): boolean => isOurs(item) && !shared.some((place) => below(item.target, place));
    expect(offenders(inFolder('lib/emulator'), breaks)).toEqual([]);
  });

  it('nothing but the command line and tests of users start the emulator', () => {
    const allowed = ['lib/emulator', 'lib/cli', 'lib/testing'];
    const breaks = ({ target }: Import, { path }: Source): boolean =>
      below(target, 'lib/emulator') && !allowed.some((folder) => below(path, folder));
    expect(offenders(SOURCES, breaks)).toEqual([]);
  });

  it('orgs for tests know neither the command line nor constructs, which load them when a test asks', () => {
    const outward = ['lib/cli', 'lib/terraform', 'constructs'];
    const breaks = ({ target }: Import): boolean => outward.some((folder) => below(target, folder));
    expect(offenders(inFolder('lib/testing'), breaks)).toEqual([]);
    const early = ({ target, when, typeOnly }: Import): boolean =>
      below(target, 'lib/testing') && when === 'static' && !typeOnly;
    expect(offenders(inFolder('constructs'), early)).toEqual([]);
  });
});

describe('the process', () => {
  const elsewhere = SOURCES.filter(({ path }) => !EDGES.some((edge) => below(path, edge)));

  it('is touched where one begins alone, but for two harmless facts', () => {
    expect(globalsOf(elsewhere, /^(process|console)/)).toEqual([
      // A name for a temporary file.
      'lib/emulator/persistence.ts: process.pid',
      // Source locations are relative to where the author's program runs.
      'lib/synth/source/location.ts: process.cwd',
    ]);
  });

  it('is never ended by us: output may still be on its way', () => {
    // But for Terraform's plugin, which is told when to go and has said everything by then.
    expect(globalsOf(SOURCES, /^process\.(exit|abort|kill)$/)).toEqual([
      'lib/cli/apply-lock.ts: process.kill', // signal 0 ends nothing: it asks whether a process is there
      'lib/cli/run-program.ts: process.kill', // the program of the user, with all that it started
      'lib/terraform/main.ts: process.exit',
    ]);
  });

  it('of the command line reads streams, arguments and environment in two files', () => {
    const found = globalsOf(inFolder('lib/cli'), /^process\.(argv|stdin|stdout|stderr|env)$/);
    const files = new Set(found.map((use) => use.split(':')[0]));
    expect([...files].sort()).toEqual(['lib/cli/main.ts', 'lib/cli/process-io.ts']);
  });

  it('has one clock in synth, one in the org adapter and one in the emulator', () => {
    const found = globalsOf(elsewhere, /^(Date\.now|new Date\(\)|Date\(\))$/);
    expect([...new Set(found)].sort()).toEqual([
      'constructs/today.ts: new Date()',
      'lib/emulator/index.ts: new Date()',
      'lib/org/clock.ts: Date.now',
    ]);
  });
});

describe('the entry points', () => {
  const all = new Map(SOURCES.map((source) => [source.path.replace(/\.ts$/, ''), source]));
  const packages = (entry: string): ReadonlySet<string> =>
    new Set([...reachable(all, entry).packages].map((specifier) => packageOf(specifier)));

  it.each(['constructs/index', 'constructs/testing'])('%s never loads jsforce', (entry) => {
    expect(packages(entry)).toContain('constructs');
    for (const late of ['jsforce', 'cdktf', 'cdktn', '@cdktf/provider-null'])
      expect(packages(entry)).not.toContain(late);
    expect([...reachable(all, entry).files].filter((file) => below(file, 'lib/org'))).toEqual([]);
    // Documents are checked where they are read, not where they are written.
    expect(packages(entry)).not.toContain('zod');
  });

  it.each(['lib/executor', 'lib/cli/main'])('%s never loads a CDK', (entry) => {
    // Whatever it loads late counts, too: nothing behind these entries may need one at all.
    const found = [...reachable(all, entry, { late: true }).packages].map((specifier) => packageOf(specifier));
    expect(found).toContain('jsforce');
    for (const name of ['cdktf', 'cdktn', 'constructs', '@cdktf/provider-null']) expect(found).not.toContain(name);
  });

  it.each(['constructs/index', 'constructs/testing', 'lib/executor', 'lib/cli/main'])(
    '%s needs no package but those that are installed with it',
    (entry) => {
      const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
        readonly dependencies: object;
        readonly peerDependencies: object;
      };
      const installed = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
      const needed = [...reachable(all, entry, { late: true }).packages].filter((name) => !isBuiltin(name));
      expect(needed.filter((specifier) => !installed.has(packageOf(specifier)))).toEqual([]);
    },
  );

  it('help loads no command: neither jsforce nor zod nor the emulator', () => {
    const { files } = reachable(all, 'lib/cli/main');
    const heavy = ['lib/org', 'lib/emulator', 'lib/operations', 'lib/metadata', 'lib/declaration', 'lib/cli/commands'];
    const loaded = [...files].filter((file) => heavy.some((folder) => below(file, folder)));
    // Only the class of errors, which ends in an exit code.
    expect(loaded).toEqual(['lib/org/org-error']);
    expect(packages('lib/cli/main')).toContain('commander');
    expect(packages('lib/cli/main')).not.toContain('zod');
  });
});

describe('a field that each platform spells its own way', () => {
  const PARTS = CONNECTED_APP_PARTS.map(({ name }) => name);
  /** Where both spell it, what a Connected App has; single words are ordinary ones, too, and parts are no settings. */
  const OTHERWISE = Object.values<Setting>(SETTINGS).flatMap((setting) => {
    const field = placeOf(setting, 'connected-app')?.field ?? '';
    return field !== setting.eca?.field && /[A-Z.]/.test(field) && !PARTS.includes(field) && !(field in SETTINGS)
      ? [field]
      : [];
  });
  const SPELL = ['lib/options/settings.ts', 'lib/metadata/fields', 'lib/emulator'];

  it('is spelled in the table of settings and in the field table alone', () => {
    expect(OTHERWISE).toEqual(expect.arrayContaining(['oauthPolicy.ipRelaxation', 'permissionSetName']));
    const spells = SOURCES.filter(({ path }) => !SPELL.some((place) => below(path, place))).flatMap(({ path }) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return OTHERWISE.filter((field) => text.includes(`'${field}'`)).map((field) => `${path}: ${field}`);
    });
    expect(spells).toEqual([]);
  });
});

describe('every file', () => {
  it('has at most 300 lines, generated ones aside', () => {
    const generated = ['lib/emulator/schema/generated'];
    const long = [...SOURCES, ...LATER].filter(
      ({ path, lines }) => lines > 300 && !generated.some((folder) => below(path, folder)),
    );
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('lists what it exports', () => {
    expect([...SOURCES, ...LATER].filter(({ stars }) => stars.length > 0).map(({ path }) => path)).toEqual([]);
  });

  /** A generated file of data beside the sources. */
  const isData = ({ target }: Import): boolean => target.endsWith('.json') && existsSync(join(ROOT, target));

  it('imports only what exists, and nothing under a computed name', () => {
    const paths = new Set(SOURCES.map(({ path }) => path.replace(/\.ts$/, '')));
    const missing = (item: Import): boolean =>
      item.specifier === '<computed>' ||
      (isOurs(item) && !paths.has(item.target) && !paths.has(`${item.target}/index`) && !isData(item));
    expect(offenders(SOURCES, missing)).toEqual([]);
  });

  it('stands in no import cycle', () => {
    expect(findCycle(new Map(SOURCES.map((source) => [source.path.replace(/\.ts$/, ''), source])))).toBeUndefined();
  });
});

describe('the eyes of these tests', () => {
  const seen = (text: string): Source => parse('lib/a/b.ts', text);

  it.each([
    ["import x from 'jsforce';", 'static', false],
    ["import * as x from 'jsforce';", 'static', false],
    ["import 'jsforce';", 'static', false],
    ["import { a, type B } from 'jsforce';", 'static', false],
    ["import { type A } from 'jsforce';", 'static', true],
    ["import type { A } from 'jsforce';", 'static', true],
    ["export { a } from 'jsforce';", 'static', false],
    ["export type { A } from 'jsforce';", 'static', true],
    ["const x = require('jsforce');", 'late', false],
    ["const x = await import('jsforce');", 'late', false],
    ["let x: import('jsforce').Connection;", 'late', true],
  ])('see %s', (text, when, typeOnly) => {
    expect(seen(text).imports).toEqual([expect.objectContaining({ specifier: 'jsforce', when, typeOnly })]);
  });

  it('see paths from the root, stars and computed names', () => {
    expect(seen("import { a } from '../c/d';").imports[0]?.target).toBe('lib/c/d');
    expect(seen("export * from './c';").stars).toEqual(['./c']);
    expect(seen('require(name);').imports[0]?.specifier).toBe('<computed>');
  });

  it.each([
    ['Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['Math.random()', 'Math.random'],
    ['process.env.HOME', 'process.env'],
    ['globalThis.process', 'process'],
    ['const { env } = process', 'process'],
    ['fetch(url)', 'fetch'],
  ])('see %s', (text, use) => {
    expect(seen(text).globals).toContain(use);
  });

  it.each(["new Date('2026-01-01')", 'interface A { process: string }', 'a.process', 'run.fetch()'])(
    'let %s pass',
    (text) => {
      expect(seen(text).globals).toEqual([]);
    },
  );

  it('see a cycle, also one that only types close', () => {
    const cycle = (second: string) => [
      ['a', parse('a.ts', "import { b } from './b';")] as const,
      ['b', parse('b.ts', second)] as const,
    ];
    expect(findCycle(new Map(cycle("import { a } from './a';")))).toEqual(['a', 'b', 'a']);
    expect(findCycle(new Map(cycle("import type { A } from './a';")))).toEqual(['a', 'b', 'a']);
    expect(findCycle(new Map(cycle("import { c } from './c';")))).toBeUndefined();
  });
});

describe('names with underscores', () => {
  /** Files whose types are documents, that is the contents of a file or of an answer as JSON, or parts of one. */
  const DOCUMENTS = [
    'lib/metadata/manifest.ts',
    'lib/options/consents.ts',
    'lib/plan/plan.ts',
    'lib/plan/items.ts',
    'lib/plan/status.ts',
    'lib/plan/attribution.ts',
    'lib/plan/org-failure.ts',
    'lib/policy/report.ts',
    'lib/policy/client-kind.ts',
    'lib/usage/report.ts',
    'lib/import/model.ts',
    'lib/import/hcl.ts',
    'lib/import/migration.ts',
    'lib/proof/report.ts',
    'lib/proof/clients/report.ts',
    'lib/operations/types.ts',
    'lib/operations/audit.ts',
    'lib/operations/heal.ts',
    'lib/operations/heal-outcome.ts',
    'lib/operations/journal.ts',
    'lib/operations/plan-for-terraform.ts',
    'lib/operations/read-migration.ts',
    'lib/operations/revocation.ts',
    'lib/operations/rotation-record.ts',
    'lib/operations/stop-receipt.ts',
    'lib/cli/drift-report.ts',
    'lib/policy/audit-config.ts',
    'lib/emulator/state.ts',
  ];
  /** OAuth's own words. */
  const WIRE = ['lib/proof/clients/wire.ts'];

  it('are members of documents alone: no other type has any', () => {
    const typed = SOURCES.filter(({ path }) =>
      /^\s*readonly [a-z\d]+(_[a-z\d]+)+\??:/m.test(readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(typed.map(({ path }) => path).sort()).toEqual([...DOCUMENTS, ...WIRE].sort());
  });
});
