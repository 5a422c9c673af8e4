import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { packageVersion } from '../../package-version';
import { bundledProvider, mirrorFiles, placeProvider, PROVIDER_FILE, PROVIDER_SOURCE } from '../../provider-layout';
import { diagnose } from '../../values/diagnose';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput, messageOf, readTextIfThere } from '../files';
import type { ProviderFlags } from '../flags';
import { requireNew } from '../init/new-files';
import type { Io } from '../io';

/** Where the provider goes, and what Terraform has to be configured with for it. */
interface Place {
  readonly files: readonly string[];
  /** What was written, for people. */
  readonly words: string;
  /** For the CLI configuration of Terraform. Absent: it looks there by itself. */
  readonly lines?: string;
  /** The folder that Terraform looks in by itself, unless its CLI configuration names others. */
  readonly implied?: string;
}

/** Copies the provider to where Terraform finds it, and says what to write where. @throws ClientAppsError */
export async function installProvider(io: Io, dir: string | undefined, flags: ProviderFlags): Promise<ExitCode> {
  const version = packageVersion();
  const place = placeOf(io, dir, flags, version);
  const rc = flags.terraformrc === undefined ? undefined : resolve(io.cwd, flags.terraformrc);
  if (rc !== undefined && place.lines === undefined) {
    throw wrong('--terraformrc requires [dir]: Terraform searches the other folders automatically');
  }
  if (rc !== undefined) requireNew(dirname(rc), [relative(dirname(rc), rc)], 'init-file-exists/by-hand');
  const shadow = place.implied === undefined ? undefined : shadowing(io);
  const source = bundledProvider();
  const missing = filesToWrite(source, place.files);
  try {
    placeProvider(source, missing);
    if (rc !== undefined && place.lines !== undefined) {
      mkdirSync(dirname(rc), { recursive: true });
      writeFileSync(rc, place.lines, { flag: 'wx' });
    }
  } catch (error) {
    const path = dirname(place.files[0] ?? '');
    throw invalidInput(diagnose('file-unusable/provider', { path }, { reason: messageOf(error) }));
  }
  const done = missing.length === 0 ? 'is already installed' : 'was installed';
  io.stdout.write(
    `The Terraform provider ${version} ${done}: ${place.words}\n\n${whatNext(place, { shadow, rc, version })}`,
  );
  return EXIT.ok;
}

function placeOf(io: Io, dir: string | undefined, flags: ProviderFlags, version: string): Place {
  const { global: isGlobal = false, devOverrides = false } = flags;
  if (isGlobal && (dir !== undefined || devOverrides))
    throw wrong('--global already selects the folder: omit [dir] and --dev-overrides');
  if (devOverrides) {
    if (dir === undefined)
      throw wrong('--dev-overrides needs a folder: client-apps provider install DIR --dev-overrides');
    const folder = resolve(io.cwd, dir);
    const file = join(folder, PROVIDER_FILE);
    return { files: [file], words: file, lines: overrideLines(folder) };
  }
  const mirror = (folder: string): Pick<Place, 'files' | 'words'> => ({
    files: mirrorFiles(folder, version),
    words: `${folder} (Linux and macOS, amd64 and arm64)`,
  });
  if (dir !== undefined) {
    const folder = resolve(io.cwd, dir);
    return { ...mirror(folder), lines: mirrorLines(folder) };
  }
  const home = io.environment['HOME'] ?? '';
  if (isGlobal && home === '') throw wrong('HOME is not set, so there is no user folder: name a folder');
  const implied = isGlobal ? join(home, '.terraform.d/plugins') : join(io.cwd, 'terraform.d/plugins');
  return { ...mirror(implied), implied };
}

/** What is missing of the files; one that is there has to be the very same. @throws ClientAppsError */
function filesToWrite(source: string, files: readonly string[]): readonly string[] {
  const bytes = readFileSync(source);
  const foreign = files.filter((file) => existsSync(file) && !isSame(file, bytes));
  if (foreign.length > 0) throw invalidInput(...foreign.map((path) => diagnose('provider-file-exists', { path })));
  return files.filter((file) => !existsSync(file));
}

function isSame(file: string, bytes: Buffer): boolean {
  try {
    return readFileSync(file).equals(bytes);
  } catch {
    return false;
  }
}

interface Installed {
  readonly shadow: string | undefined;
  readonly rc: string | undefined;
  readonly version: string;
}

function whatNext({ lines, implied }: Place, { shadow, rc, version }: Installed): string {
  const parts: string[] = [];
  if (shadow !== undefined) {
    parts.push(
      `${shadow} has a provider_installation, so Terraform looks only in the places listed there. Add this to it:`,
    );
    parts.push(mirrorLines(implied ?? ''));
  }
  if (lines !== undefined) {
    parts.push(
      rc === undefined
        ? 'Terraform looks there once its CLI configuration (~/.terraformrc, or the file named by TF_CLI_CONFIG_FILE) contains:'
        : `Terraform looks there if TF_CLI_CONFIG_FILE names ${rc}, which contains:`,
      lines,
    );
  }
  parts.push('In the configuration of each project:', requirement(version));
  return `${parts.join('\n\n')}\n`;
}

/** A CLI configuration that keeps Terraform from the folders it looks in by itself. */
function shadowing({ environment, cwd }: Io): string | undefined {
  const { TF_CLI_CONFIG_FILE: named = '', HOME: home = '' } = environment;
  const file = named !== '' ? resolve(cwd, named) : home !== '' ? join(home, '.terraformrc') : undefined;
  // A home that is a file has none below it.
  if (file === undefined || !existsSync(file)) return undefined;
  return /^\s*provider_installation\b/m.test(readTextIfThere(file) ?? '') ? file : undefined;
}

const requirement = (version: string): string =>
  [
    'terraform {',
    '  required_providers {',
    '    salesforce = {',
    `      source  = "${PROVIDER_SOURCE}"`,
    `      version = "${version}"`,
    '    }',
    '  }',
    '}',
  ].join('\n');

const HOST = `${PROVIDER_SOURCE.split('/')[0] ?? ''}/*/*`;

const mirrorLines = (folder: string): string => `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(folder)}
    include = ["${HOST}"]
  }
  direct {
    exclude = ["${HOST}"]
  }
}
`;

const overrideLines = (folder: string): string => `provider_installation {
  dev_overrides {
    "${PROVIDER_SOURCE}" = ${JSON.stringify(folder)}
  }
  direct {}
}
`;

const wrong = (reason: string) =>
  invalidInput(diagnose('provider-install-option-wrong', { path: 'provider install' }, { reason }));
