import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { describeBuilt } from '../cli/built';
import { parse } from '../docs/documents';
import {
  clientApps,
  compile,
  inPackage,
  NAME,
  node,
  pack,
  PACKAGE,
  type Packed,
  project,
  removeTemporaryFolders,
  ROOT,
  strictly,
} from './support';

const TEN_LINES = readFileSync(join(__dirname, 'ten-lines.ts'), 'utf8');
const DEPENDENCIES = Object.keys(PACKAGE.dependencies);
const CDKTF = ['cdktf', 'constructs', '@cdktf/provider-null'];
const CDKTN = ['cdktn', 'constructs'];
/** What a user's program is compiled with. */
const COMPILED = ['@types/node', 'undici-types'];
const onCdktn = (program: string): string => program.replace("'cdktf'", "'cdktn'");
const withNullEngine = (program: string): string =>
  program.replace("'prod', {", "'prod', { engine: Engine.NULL,").replace('{ Permitted', '{ Engine, Permitted');

describeBuilt('the package', () => {
  let packed: Packed;
  let paths: readonly string[];
  beforeAll(() => {
    packed = pack();
    paths = packed.files.map(({ path }) => path);
  });
  afterAll(removeTemporaryFolders);

  it('holds the program, its schemas, the bootstrap packages, the templates of init and the documents of users, and nothing else', () => {
    const wanted = [
      /^dist\/(lib|constructs)\/.+\.(js|js\.map|d\.ts)$/,
      /^dist\/provider\/(terraform-provider-salesforce|THIRD_PARTY_NOTICES\.txt)$/,
      /^schemas\/[a-z-]+\.schema\.json$/,
      /^bootstrap\//,
      /^templates\/(github|gitlab|azure)\.yml$/,
      /^docs\/([\w-]+|decisions\/[\w-]+)\.md$/,
      /^examples\//,
      /^registry\/docs\/([a-z-]+\/)?\w+\.md$/,
      /^lib\/emulator\/COVERAGE\.md$/,
      /^(README|CHANGELOG|SECURITY|ARCHITECTURE|CONTRIBUTING|SKILL)\.md$/,
      /^(LICENSE|package\.json|llms\.txt)$/,
    ];
    for (const pattern of wanted) expect(paths.some((path) => pattern.test(path))).toBe(true);
    expect(paths.filter((path) => !wanted.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('brings every file that one of its documents links to', () => {
    const shipped = new Set(paths);
    const texts = paths.filter((path) => path.endsWith('.md') || path === 'llms.txt');
    const broken = texts.flatMap((path) =>
      parse(path, readFileSync(join(ROOT, path), 'utf8'))
        .links.filter((target) => !/^(?:https:|#)/.test(target))
        .map((target) => posix.join(posix.dirname(path), target.replace(/#.*$/, '')))
        .filter((target) => !shipped.has(target))
        .map((target) => `${path} -> ${target}`),
    );
    expect(broken).toEqual([]);
    expect(texts.length).toBeGreaterThan(60);
  });

  it('brings the license of every package whose code is in the provider', () => {
    const notices = readFileSync(join(ROOT, 'dist/provider/THIRD_PARTY_NOTICES.txt'), 'utf8');
    const provider = readFileSync(join(ROOT, 'dist/provider/terraform-provider-salesforce'), 'utf8');
    const sections = notices.split(/\n\n-{80}\n\n/).slice(1);
    // The names of modules stay readable in a bundle of which only white space is taken out.
    const folders = [...provider.matchAll(/"?node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(([, name]) => name ?? '');
    // A package may be installed under another name than its own.
    const inBundle = [...new Set(folders)].map((folder) => {
      const { name } = JSON.parse(readFileSync(join(ROOT, 'node_modules', folder, 'package.json'), 'utf8')) as {
        name: string;
      };
      return name;
    });
    const named = sections.map((section) => section.slice(0, section.indexOf(' ')));
    expect(inBundle.filter((name) => !named.includes(name))).toEqual([]);
    for (const name of [
      '@jsforce/jsforce-node',
      'zod',
      'jszip',
      'saxes',
      '@msgpack/msgpack',
      '@grpc/grpc-js',
      'protobufjs',
    ]) {
      expect([name, named.includes(name)]).toEqual([name, true]);
    }
    for (const section of sections) {
      expect(section).toMatch(/permission|redistribution|licen[cs]e/i);
      expect(section.split('\n')[0]).toMatch(/\((MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|.*MIT.*)\)$/);
    }
    expect(sections.filter((section) => section.includes('no license file')).length).toBeLessThan(5);
  });

  it('holds nothing compiled from a source that is gone', () => {
    const compiled = paths.filter((path) => path.startsWith('dist/') && path.endsWith('.js'));
    const orphans = compiled.filter((path) => !existsSync(join(ROOT, path.replace(/^dist\/(.*)\.js$/, '$1.ts'))));
    expect(orphans).toEqual([]);
    expect(compiled.length).toBeGreaterThan(100);
  });

  it('has every file that package.json promises', () => {
    const conditions = Object.values(PACKAGE.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const versions = Object.values(PACKAGE.typesVersions).flatMap((map) => Object.values(map).flat());
    const promised = [PACKAGE.main, PACKAGE.types, ...Object.values(PACKAGE.bin), ...conditions, ...versions];
    for (const target of promised.map((path) => path.replace(/^\.\//, ''))) {
      const [folder, rest] = target.split('*');
      const found = rest === undefined ? paths.includes(target) : paths.some((path) => path.startsWith(folder ?? ''));
      expect([target, found]).toEqual([target, true]);
    }
  });

  it('has source maps that bring their sources along', () => {
    const maps = paths.filter((path) => path.endsWith('.js.map'));
    expect(maps.length).toBeGreaterThan(0);
    for (const path of maps) {
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as {
        readonly sources: readonly string[];
        readonly sourcesContent?: readonly (string | null)[];
      };
      expect([path, sourcesContent?.filter((text) => text !== null).length]).toEqual([path, sources.length]);
    }
  });

  it('runs no script when it is installed', () => {
    for (const name of ['preinstall', 'install', 'postinstall']) expect(PACKAGE.scripts).not.toHaveProperty(name);
  });

  it('has an executable command', () => {
    const bin = PACKAGE.bin['client-apps'];
    expect((packed.files.find(({ path }) => path === bin)?.mode ?? 0) & 0o111).toBe(0o111);
    expect(readFileSync(join(ROOT, bin ?? ''), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  describe('in a project of its own, with nothing but its dependencies and peers', () => {
    let folder: string;
    beforeAll(() => {
      folder = project(packed.tarball, [...DEPENDENCIES, ...CDKTF]);
    });

    it('synthesizes ten lines, without jsforce, and plans them on the local org', () => {
      expect(compile(folder, TEN_LINES)).toEqual([]);
      const synth = node(
        folder,
        '-e',
        "require('./main.js'); console.log(Object.keys(require.cache).some((path) => path.includes('jsforce')))",
      );
      expect(synth).toMatchObject({ status: 0, stdout: 'false\n' });
      const plan = node(folder, clientApps(folder), 'plan', '--local', '--detailed-exitcode');
      expect(plan).toMatchObject({ status: 2 });
      expect(plan.stdout).toMatch(/\+ FieldApp "Field App": public client app/);
    });

    it('refuses at compile time what a public client has not', () => {
      const insecure = TEN_LINES.replace("label: 'Field App',", "label: 'Field App', pkce: { required: false },");
      expect(compile(folder, insecure).join('\n')).toContain("'pkce' does not exist");
    });

    it('gives tests the manifests of a program', () => {
      const program = `require('${NAME}/testing').synthManifests`;
      expect(node(folder, '-p', `typeof ${program}`)).toMatchObject({ status: 0, stdout: 'function\n' });
    });
  });

  describe('without the peer that is optional', () => {
    let folder: string;
    beforeAll(() => {
      folder = project(packed.tarball, [...DEPENDENCIES, 'cdktf', 'constructs']);
    });

    it('synthesizes with the default engine', () => {
      expect(compile(folder, TEN_LINES)).toEqual([]);
      expect(node(folder, 'main.js')).toMatchObject({ status: 0 });
    });

    it('says what to install where the program asks for the null engine', () => {
      const program = withNullEngine(TEN_LINES);
      expect(compile(folder, program)).toEqual([]);
      const { status, stderr } = node(folder, 'main.js');
      expect(status).not.toBe(0);
      expect(stderr).toContain('npm install @cdktf/provider-null@11');
    });
  });

  it.each([
    ['cdktf alone', CDKTF, TEN_LINES],
    ['cdktn alone', CDKTN, onCdktn(TEN_LINES)],
    ['both, and a program that imports cdktf', [...CDKTF, 'cdktn'], TEN_LINES],
    ['both, and a program that imports cdktn', [...CDKTF, 'cdktn'], onCdktn(TEN_LINES)],
  ])('compiles strictly and synthesizes, with either engine, in a project with %s', (_name, cdks, program) => {
    const folder = project(packed.tarball, [...DEPENDENCIES, ...cdks, ...COMPILED]);
    const { problems, read } = strictly(folder, { 'main.ts': program, 'null.ts': withNullEngine(program) });
    expect(problems).toEqual([]);
    // The public types name no CDK: what is read of one is what the program itself imports.
    const imported = ['cdktf', 'cdktn'].filter((name) => read.some((file) => file.includes(`/node_modules/${name}/`)));
    expect(imported).toEqual([/'(cdkt[fn])'/.exec(program)?.[1]]);
    for (const file of ['main.js', 'null.js']) expect(node(folder, file)).toMatchObject({ status: 0, stderr: '' });
  });

  it('says which CDK to install where the program has one that this package does not find', () => {
    const folder = project(packed.tarball, [...DEPENDENCIES, 'cdktf', 'constructs']);
    const inner = join(folder, 'app/node_modules');
    mkdirSync(inner, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules/cdktn'), join(inner, 'cdktn'), 'dir');
    const program = `
      const { App, TerraformStack } = require('cdktn');
      const { SalesforceOrg } = require('${NAME}');
      new SalesforceOrg(new TerraformStack(new App(), 'identity'), 'prod');`;
    writeFileSync(join(folder, 'app/main.js'), program);
    const { status, stderr } = node(folder, 'app/main.js');
    expect(status).not.toBe(0);
    expect(stderr).toContain('the stack comes from cdktn, but this package can find only cdktf');
  });

  describe('without a CDK', () => {
    let folder: string;
    beforeAll(() => {
      folder = project(packed.tarball, DEPENDENCIES);
    });

    it.each(['', '/testing'])('says once what to install where a program loads it: %s', (entry) => {
      const { status, stderr } = node(folder, '-e', `require('${NAME}${entry}')`);
      expect(status).not.toBe(0);
      expect(stderr).toContain('[cdk-missing]');
      for (const [name, range] of [
        ['cdktf', '@0.21'],
        ['cdktn', '@0.24'],
      ] as const) {
        expect(stderr).toContain(`npm install ${name}${range} constructs@~10.7.2`);
        // As it is developed with.
        expect(PACKAGE.devDependencies[name]).toBe(`^${range.slice(1)}.0`);
      }
      expect(stderr).not.toContain('Cannot find module');
    });

    it('says it, too, where there is constructs alone', () => {
      const bare = project(packed.tarball, [...DEPENDENCIES, 'constructs']);
      const program = `new (require('${NAME}').SalesforceOrg)(new (require('constructs').RootConstruct)(), 'prod')`;
      const { status, stderr } = node(bare, '-e', program);
      expect(status).not.toBe(0);
      expect(stderr).toContain('[cdk-missing]');
    });

    it('has a command that works', () => {
      expect(node(folder, clientApps(folder), '--version')).toMatchObject({
        status: 0,
        stdout: `${PACKAGE.version}\n`,
      });
      const plan = node(folder, clientApps(folder), 'plan', '--local');
      expect(plan).toMatchObject({ status: 1 });
      expect(plan.stderr).toContain('no-manifest');
    });

    it('has an executor that loads', () => {
      const program = `typeof require('${NAME}/executor').planOrg`;
      expect(node(folder, '-p', program)).toMatchObject({ status: 0, stdout: 'function\n' });
    });

    it('has its schemas', () => {
      for (const kind of ['manifest', 'plan', 'receipt']) {
        expect(inPackage(folder, `schemas/${kind}.schema.json`)).toBe(true);
        const program = `require('${NAME}/schemas/${kind}.schema.json').$schema`;
        expect(node(folder, '-p', program).stdout).toContain('json-schema.org');
      }
    });
  });
});
