import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { type Ran, terraform } from './support';

/** As `terraform validate -json` says it. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly start: { readonly line: number } };
}

export const ADDRESS = 'client-apps.invalid/cdktf-salesforce-client-apps/salesforce';
const VERSION = '0.1.0';

/** Where the bundled provider is kept for all projects of a file; made when the first one asks. */
let made: string | undefined;
const built = (): string => (made ??= mkdtempSync(join(tmpdir(), 'client-apps-provider-')));
afterAll(() => {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
});

/** Path of a provider below `terraform.d/plugins`. */
const below = (address: string, version: string): string =>
  join('terraform.d/plugins', address, version, `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`);

/** What each folder of a configuration begins with. */
export const HEAD = `
terraform {
  required_providers {
    salesforce = { source = "${ADDRESS}", version = "${VERSION}" }
  }
}
`;

/** Two months from today: exceptions end. */
const UNTIL = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** An app that every user may approve, and that reads data, needs an exception. */
const EXCUSED = `{
    controls = ["SFCA-APP-SELF-AUTHORIZED"], reason = "a portal", approved_by = "ciso@acme.example", expires = "${UNTIL}"
  }`;

function excused(more: string): string {
  if (!more.includes('AllSelfAuthorized')) return more;
  const list = 'exception = [';
  return more.includes(list) ? more.replace(list, `${list}${EXCUSED}, `) : `${more}\n  ${list}${EXCUSED}]`;
}

/** An app as a person writes it; `more` are further arguments. */
export function app(name: string, more = '', oauth = ''): string {
  return `
resource "salesforce_external_client_app" "${name.toLowerCase()}" {
  api_name     = "${name}"
  client_type  = "private"
  app          = { label = "${name}", contact_email = "iam@acme.example" }
  global_oauth = { callback_url = ["https://portal.acme.example/b", "https://portal.acme.example/a"] }
  oauth        = { comma_separated_oauth_scopes = ["RefreshToken", "Api"] ${oauth} }
  ${excused(more)}
}
`;
}

export const SELF_AUTHORIZED = 'oauth_policies = { permitted_users_policy_type = "AllSelfAuthorized" }';

/** A folder in which somebody works with the real terraform against the emulated org. */
export interface Project {
  readonly folder: string;
  /** Replaces the configuration. */
  readonly write: (...parts: readonly string[]) => void;
  readonly run: (...given: readonly string[]) => Promise<Ran>;
  /** Plans, and gives the plan as JSON. */
  readonly planned: (...given: readonly string[]) => Promise<PlanJson>;
  readonly state: () => string;
  /** Replaces the state, as somebody does who edits what they should not. */
  readonly writeState: (text: string) => void;
  readonly file: (name: string) => string;
  readonly remove: () => void;
}

export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
    };
  }[];
  readonly resource_drift?: readonly { readonly address: string }[];
}

/** @param environment Credentials; none where the provider's arguments have them. */
export function project(environment: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
  install(folder);
  const run = (...given: readonly string[]): Promise<Ran> => terraform(folder, given, environment);
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    folder,
    run,
    file,
    write: (...parts) => {
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.tf'))) rmSync(join(folder, name));
      writeFileSync(join(folder, 'main.tf'), [HEAD, ...parts].join('\n'));
    },
    planned: async (...given) => {
      const plan = await run('plan', '-input=false', '-out=plan.bin', ...given);
      if (plan.status !== 0) throw new Error(plan.output);
      return JSON.parse((await run('show', '-json', 'plan.bin')).output) as PlanJson;
    },
    state: () => file('terraform.tfstate'),
    writeState: (text) => writeFileSync(join(folder, 'terraform.tfstate'), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts our provider into a folder, built as the package builds it; once in this process, as the bytes are the same. */
function install(folder: string): void {
  const from = join(built(), below(ADDRESS, VERSION));
  const name = `terraform-provider-salesforce_v${VERSION}`;
  if (!existsSync(join(from, name))) {
    const script = join(__dirname, '../../scripts/provider-bundle.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, from, name], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  const to = join(folder, below(ADDRESS, VERSION));
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, name), join(to, name));
}

export const credentials = (emulator: Emulator): Readonly<Record<string, string>> => ({
  SF_ACCESS_TOKEN: emulator.accessToken,
  SF_INSTANCE_URL: emulator.url,
});

/** Attributes that differ, innermost names, as `oauth.comma_separated_oauth_scopes`. */
export function changed(plan: PlanJson, address: string): readonly string[] {
  const change = plan.resource_changes?.find((each) => each.address === address)?.change;
  return differences(change?.before ?? {}, change?.after ?? {});
}

function differences(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [a, b] = [before[name], after[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    if (isObject(a) && isObject(b)) return differences(a, b).map((inner) => `${name}.${inner}`);
    return [name];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const countOf = (emulator: Emulator, operation: string): number =>
  emulator.calls().filter((call) => call.operation === operation).length;

/** Path of the bundled provider, outside any project. */
export function isolatedProvider(): string {
  const folder = join(built(), 'isolated');
  install(folder);
  return join(folder, below(ADDRESS, VERSION), `terraform-provider-salesforce_v${VERSION}`);
}

/** Processes of this project's provider, by the folder they were started from. */
export function providersOf(folder: string): readonly number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('terraform-provider-salesforce'))
    .map((line) => Number(line.trim().split(' ')[0]))
    .filter((pid) => workingFolder(pid) === folder);
}

function workingFolder(pid: number): string | undefined {
  const { stdout, status } = spawnSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
