import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import ts from 'typescript';

export const ROOT = join(__dirname, '../..');
export const NAME = 'cdktf-salesforce-client-apps';

/** What these tests look at in package.json. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

export const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;

export interface Packed {
  readonly tarball: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-package-'));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The tarball of what is in dist now: without the build that publishing begins with. */
export function pack(): Packed {
  const folder = temporaryFolder();
  const stdout = command('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT).stdout;
  const [packed] = JSON.parse(stdout) as readonly { filename: string; files: Packed['files'] }[];
  if (!packed) throw new Error('npm packed nothing');
  return { tarball: join(folder, packed.filename), files: packed.files };
}

/** An empty project with the unpacked tarball in it, and of all other packages only the ones named. */
export function project(tarball: string, packages: readonly string[]): string {
  const folder = temporaryFolder();
  const home = join(folder, 'node_modules', NAME);
  mkdirSync(home, { recursive: true });
  command('tar', ['-xzf', tarball, '-C', home, '--strip-components=1'], folder);
  for (const name of packages) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'dir');
  }
  return folder;
}

/** The TypeScript program as a user's project compiles it: problems, and `main.js` beside it where there are none. */
export function compile(folder: string, source: string): readonly string[] {
  const file = join(folder, 'main.ts');
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: [],
  });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  program.emit();
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Programs by the compiler's own command, `tsc --strict`, which also checks every declaration file that they reach: what
 * it refused, and every file that it read.
 */
export function strictly(
  folder: string,
  programs: Readonly<Record<string, string>>,
): { readonly problems: readonly string[]; readonly read: readonly string[] } {
  for (const [file, source] of Object.entries(programs)) writeFileSync(join(folder, file), source);
  const flags = '--strict --skipLibCheck false --target es2022 --module node16 --moduleResolution node16 --types node';
  // As in build.mjs, not by its bin.
  const tsc = join(ROOT, 'node_modules/typescript-7/lib/tsc.js');
  const { status, stdout } = node(folder, tsc, ...flags.split(' '), '--listFiles', ...Object.keys(programs));
  const lines = stdout.split('\n');
  return { problems: status === 0 ? [] : lines.filter((line) => line.includes('error TS')), read: lines };
}

/** Node with these arguments, in an environment without credentials. */
export function node(folder: string, ...args: readonly string[]): Ran {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SF_') && name !== 'CDKTF_OUTDIR');
  const env = { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

export const clientApps = (folder: string): string =>
  join(folder, 'node_modules', NAME, PACKAGE.bin['client-apps'] ?? '');

/** True for a path inside the unpacked package. */
export const inPackage = (folder: string, path: string): boolean =>
  existsSync(join(folder, 'node_modules', NAME, path));

function command(name: string, args: readonly string[], cwd: string): { readonly stdout: string } {
  const { status, stdout, stderr, error } = spawnSync(name, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return { stdout };
}
