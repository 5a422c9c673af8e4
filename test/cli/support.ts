import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { App, TerraformStack } from 'cdktf';

import { PermittedUsers, PrivateClientApp, PublicClientApp, SalesforceOrg, Scope } from '../../constructs';
import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';
import { packageXml } from '../../lib/metadata/package/package-xml';
import type { Clock } from '../../lib/org/clock';
import { connect } from '../../lib/org/connect';

export const TODAY = '2026-11-21';

/** Polls without waiting for real. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 2)),
};

/** What one command said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Relative to the project. Default: the project. */
  readonly cwd?: string;
  /** The answer of the person at the terminal; undefined where there is no terminal. */
  readonly answer?: string;
  /** Called with every question, and awaited before the answer. */
  readonly onQuestion?: (question: string) => unknown;
  /** Called before the command begins, with what interrupts it. */
  readonly onBegin?: (interrupt: () => void) => void;
  /** Called with all of standard error at every write; may interrupt. */
  readonly onStderr?: (text: string, interrupt: () => void) => void;
  readonly today?: string;
  /** Default: right, and waits for nothing. */
  readonly clock?: Clock;
  /** Of the terminal that both streams are. Default: they are none. */
  readonly columns?: number;
}

/** A folder with a cdktf project in it, removed afterward. */
export interface Project {
  readonly folder: string;
  /** Synthesizes a program into the project's cdktf.out. */
  readonly synth: (declare: (stack: TerraformStack) => void) => void;
  readonly path: (...parts: string[]) => string;
  readonly read: (...parts: string[]) => string;
  readonly write: (path: string, content: string | Uint8Array) => void;
  readonly run: (commandLine: string, options?: RunOptions) => Promise<Ended>;
  readonly remove: () => void;
}

export function project(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-cli-'));
  const path = (...parts: string[]): string => join(folder, ...parts);
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };
  write('cdktf.json', '{}');
  return {
    folder,
    path,
    write,
    read: (...parts) => readFileSync(path(...parts), 'utf8'),
    synth: (declare) => {
      const app = new App({ outdir: path('cdktf.out') });
      declare(new TerraformStack(app, 'identity'));
      app.synth();
    },
    run: (commandLine, options = {}) => runCommand(commandLine, path(options.cwd ?? '.'), options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command in this process, as `main.ts` would in its own. */
export async function runCommand(commandLine: string, cwd: string, options: RunOptions = {}): Promise<Ended> {
  const { environment = {}, answer, onQuestion, onBegin, onStderr, today = TODAY } = options;
  const { clock: given = clock, columns } = options;
  const isTerminal = columns !== undefined;
  const listeners = new Set<() => void>();
  const interrupt = (): void => [...listeners].forEach((listener) => listener());
  onBegin?.(interrupt);
  let stdout = '';
  let stderr = '';
  const io: Io = {
    environment,
    nodeVersion: process.versions.node,
    cwd,
    stdout: { write: (text) => (stdout += text), isTerminal, columns },
    stderr: {
      write: (text) => {
        stderr += text;
        onStderr?.(stderr, interrupt);
      },
      isTerminal,
      columns,
    },
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            await onQuestion?.(question);
            return answer;
          },
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onAbandoned: () => () => undefined,
    today: () => today,
    clock: given,
  };
  // A name with blanks stands in quotes, as in a shell.
  const words = commandLine.match(/"[^"]*"|\S+/g) ?? [];
  const code = await run(
    words.map((word) => word.replace(/^"(.*)"$/, '$1')),
    io,
  );
  return { code, stdout, stderr };
}

/** An emulated org that loses no time. */
export const fastOrg = (options: EmulatorOptions = {}): Promise<Emulator> =>
  startEmulator({ ...options, switches: { deployMs: 0, unfinishedPolls: 0, ...options.switches } });

/** Variables that lead to the org, with the prefix of its name where one is given. */
export function login(emulator: Emulator, org?: string): Readonly<Record<string, string>> {
  const prefix = org === undefined ? 'SF_' : `SF_${org.toUpperCase()}_`;
  return { [`${prefix}INSTANCE_URL`]: emulator.url, [`${prefix}ACCESS_TOKEN`]: emulator.accessToken };
}

export const deploys = (emulator: Emulator): number =>
  emulator.calls().filter(({ operation }) => /^deploy/i.test(operation)).length;

export const org = (stack: TerraformStack, name = 'prod'): SalesforceOrg =>
  new SalesforceOrg(stack, name, { contactEmail: 'iam@acme.example', today: TODAY });

/** @param flow Whether users log in headlessly, which the org has to allow. */
export const portal = (parent: SalesforceOrg, flow?: 'headless') =>
  new PrivateClientApp(parent, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/callback'],
    scopes: [Scope.API, Scope.OPENID],
    permittedUsers: PermittedUsers.selfAuthorized(),
    ...(flow && { codeAndCredentials: {} }),
  });

export const mobile = (parent: SalesforceOrg) =>
  new PublicClientApp(parent, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['com.acme.mobile://callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });

/** A portal and a mobile app. */
export const twoApps = (stack: TerraformStack): void => {
  const parent = org(stack);
  portal(parent);
  mobile(parent);
};

/** What takes three deploys: the switch that the app needs, the app, what tightens. */
export const threeDeploys = (stack: TerraformStack): SalesforceOrg => {
  const parent = org(stack);
  parent.oauthSettings({ allowCodeAndCredentialsFlow: true, blockUsernamePasswordFlow: true });
  portal(parent, 'headless');
  return parent;
};

const adminOf = (emulator: Emulator) =>
  connect({ kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url }, { clock });

/** An admin deploys files, by a client of its own. */
export async function deployAs(emulator: Emulator, files: ReadonlyMap<string, string>): Promise<void> {
  const outcome = await (await adminOf(emulator)).deploy({ files, apiVersion: 66, checkOnly: false });
  if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome));
}

/** An admin deletes an app in the org. */
export const deleteApp = (emulator: Emulator, app: string): Promise<void> =>
  deployAs(
    emulator,
    new Map([
      ['package.xml', packageXml(new Map(), 66)],
      ['destructiveChanges.xml', packageXml(new Map([['ExternalClientApplication', [app]]]), 66)],
    ]),
  );

/** Changes the text of one component in the org, by a client of its own. */
export async function tamper(
  emulator: Emulator,
  component: { readonly type: string; readonly name: string; readonly path: string },
  from: RegExp,
  to: string,
): Promise<void> {
  const admin = await adminOf(emulator);
  const { files } = await admin.retrieve({ apiVersion: 66, types: new Map([[component.type, [component.name]]]) });
  const before = files.get(component.path) ?? '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to replace in ${before}`);
  await deployAs(emulator, new Map([...files, [component.path, after]]));
}

const GLOBAL = { type: 'ExtlClntAppGlobalOauthSettings', folder: 'extlClntAppGlobalOauthSets', suffix: 'ecaGlblOauth' };

/** An admin weakens the mobile app. */
export const switchPkceOff = (emulator: Emulator, app = 'Mobile'): Promise<void> =>
  tamper(
    emulator,
    { type: GLOBAL.type, name: `${app}_glbloauth`, path: `${GLOBAL.folder}/${app}_glbloauth.${GLOBAL.suffix}` },
    /(<isPkceRequired>)true/,
    '$1false',
  );

/** An admin takes a scope away that the code grants, so that a repair widens. */
export const takeScopeAway = (emulator: Emulator, app = 'Portal'): Promise<void> =>
  tamper(
    emulator,
    { type: 'ExtlClntAppOauthSettings', name: `${app}_oauth`, path: `extlClntAppOauthSettings/${app}_oauth.ecaOauth` },
    /Api, /,
    '',
  );
