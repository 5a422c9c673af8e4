import { resolve } from 'node:path';

import type { ClientKind } from '../declaration/client-app';
import { isOrgName } from '../declaration/declare-org';
import { importProgram } from '../import';
import type { ImportedOrg, ImportedProgram } from '../import/model';
import { DEFAULT_API_VERSION } from '../metadata/api-version';
import { filesForImport, readForImport } from '../operations/read-import';
import type { UnreadFile } from '../operations/source-files';
import { EVERY_KIND } from '../options/option';
import type { CdkName } from '../values/cdk';
import { diagnose } from '../values/diagnose';
import { nearest } from '../values/nearest';
import { eachOrg } from './each-org';
import { EXIT, type ExitCode } from './exit-code';
import { invalidInput } from './files';
import type { ImportFlags } from './flags';
import type { Io } from './io';
import { openSource } from './source-files';
import { withRun } from './with-run';

/** What a program is made of, and what was said of its apps. */
interface Sources {
  readonly sources: readonly ImportedOrg[];
  readonly kinds: ReadonlyMap<string, ClientKind>;
  readonly keepAsIs: ReadonlyMap<string, string>;
  /** Files were read, and no org. */
  readonly fromFiles: boolean;
  readonly unread: readonly UnreadFile[];
}

/** The program of what was read. */
export interface Imported extends Pick<Sources, 'fromFiles' | 'unread'> {
  readonly program: ImportedProgram;
  readonly orgs: readonly string[];
}

/** What was not read may hold an app: what was made of the rest is written, and something may be missing from it. */
export const codeOf = ({ unread }: Pick<Sources, 'unread'>): ExitCode => (unread.length > 0 ? EXIT.error : EXIT.ok);

/** In the place of what was asked for, where an org could not be read: the exit codes of that. */
interface NotRead {
  readonly codes: readonly ExitCode[];
}

/**
 * Reads orgs, or files, and makes a program of their apps. Of several orgs all or none: a program in which one of them is
 * missing would look complete.
 * @throws ClientAppsError for a name that no org can have in a program, and for answers about apps that do not exist.
 */
export async function readImport(
  io: Io,
  names: readonly string[],
  flags: ImportFlags & { readonly cdk: CdkName },
): Promise<Imported | NotRead> {
  const read = await readSources(io, names, flags);
  if ('codes' in read) return read;
  const { sources, kinds, keepAsIs, fromFiles, unread } = read;
  const program = importProgram({ orgs: sources, kinds, keepAsIs, today: io.today(), cdk: flags.cdk });
  return { program, orgs: sources.map(({ name }) => name), fromFiles, unread };
}

/** The same, and no program yet. */
export async function readSources(io: Io, names: readonly string[], flags: ImportFlags): Promise<Sources | NotRead> {
  const unusable = names.filter((name) => !isOrgName(name));
  if (unusable.length > 0) {
    throw invalidInput(...unusable.map((value) => diagnose('invalid-org-name/import', { path: 'import', value })));
  }
  const kinds = answers('--kind', flags.kind, isKind, 'private, public or machine');
  const keepAsIs = answers('--keep-as-is', flags.keepAsIs, isReason, 'a reason');
  const read = flags.from === undefined ? await live(io, names, flags) : await files(io, names, flags.from, flags);
  if ('codes' in read) return read;
  const { orgs: sources, unread } = read;
  const known = new Set(sources.flatMap(({ observed }) => [...observed.apps.keys(), ...observed.connectedApps.keys()]));
  refuseUnknown('--kind', [...kinds.keys()], known);
  refuseUnknown('--keep-as-is', [...keepAsIs.keys()], known);
  return { sources, kinds, keepAsIs, fromFiles: flags.from !== undefined, unread };
}

type Read = { readonly orgs: readonly ImportedOrg[]; readonly unread: readonly UnreadFile[] } | NotRead;

async function live(io: Io, names: readonly string[], flags: ImportFlags): Promise<Read> {
  const targets = names.map((org) => ({ org, path: org }));
  const { results, codes } = await withRun(io, flags, names, (run) =>
    eachOrg(run, targets, ({ org: name }, org) =>
      readForImport(org, name, DEFAULT_API_VERSION, { signal: run.interrupts.signal }),
    ),
  );
  return codes.length > 0 ? { codes } : { orgs: results, unread: [] };
}

async function files(io: Io, names: readonly string[], from: string, flags: ImportFlags): Promise<Read> {
  const [name = 'org', ...others] = names;
  if (flags.local || flags.seed !== undefined || flags.reset || others.length > 0) {
    throw invalidInput(diagnose('source-and-org', { path: '--from' }, { option: '--from' }));
  }
  const source = await openSource(resolve(io.cwd, from), io.cwd);
  const { org, unread } = filesForImport(source, name, DEFAULT_API_VERSION);
  return { orgs: [org], unread };
}

const isKind = (text: string): text is ClientKind => EVERY_KIND.some((kind) => kind === text);
const isReason = (text: string): text is string => text.trim() !== '';

/** What was said of apps: `NAME=answer`, each once. */
function answers<T extends string>(
  option: string,
  given: readonly string[] = [],
  is: (text: string) => text is T,
  allowed: string,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const text of given) {
    const cut = text.indexOf('=');
    const [app, answer] = [text.slice(0, Math.max(cut, 0)), text.slice(cut + 1)];
    if (cut < 1 || !is(answer)) {
      throw invalidInput(diagnose('import-answer-unusable', { path: option, value: text, allowed: `APP=${allowed}` }));
    }
    found.set(app, answer);
  }
  return found;
}

function refuseUnknown(option: string, named: readonly string[], known: ReadonlySet<string>): void {
  const unknown = named.filter((app) => !known.has(app));
  if (unknown.length === 0) return;
  throw invalidInput(
    ...unknown.map((app) =>
      diagnose('import-names-unknown-app', { path: option, value: app, meant: nearest(app, [...known]) }),
    ),
  );
}
