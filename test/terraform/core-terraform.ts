import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createProvider } from '../../lib/terraform/provider';
import { METHOD_NAMES } from '../../lib/terraform/wire/protocol';
import { type Handlers, serve } from '../../lib/terraform/wire/server';
import type { Values } from '../../lib/terraform/wire/value';
import { clock } from '../cli/support';
import { type Core, MANAGED_BY, type Resources, type Run } from './core';
import { ADDRESS, providersOf } from './provider-support';
import { terraformEnvironment } from './support';

interface Line {
  readonly type: string;
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}
interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Values; readonly status?: string }[];
  }[];
}

/** What of a run differs from way to way. */
interface Way {
  readonly folder: string;
  /** Does something with what terraform needs in its environment, and ends what that took. */
  readonly within: <T>(work: (environment: Readonly<Record<string, string>>) => Promise<T>) => Promise<T>;
  readonly interrupt: (child: ChildProcess, count: number) => Promise<void> | void;
  /** After each run. */
  readonly settle?: () => Promise<void>;
  readonly close: () => void;
}

/** What only the real one does. */
export interface RealCore extends Core {
  /** @param imports Ids by address, as import blocks have them. */
  readonly applyWith: (config: Resources, given: readonly string[], imports?: Imports) => Promise<Run>;
  readonly taint: (address: string) => Promise<Run>;
}
type Imports = Readonly<Record<string, string>>;

function terraformCore({ folder, within, interrupt, settle, close }: Way, begun: unknown): RealCore {
  const stateFile = join(folder, 'terraform.tfstate');
  rmSync(stateFile, { force: true });
  if (typeof begun === 'string') writeFileSync(stateFile, begun);
  let child: ChildProcess | undefined;

  const run = (config: Resources, given: readonly string[], imports: Imports = {}): Promise<Run> =>
    within(async (environment) => {
      writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(inJson(config, imports)));
      const env = terraformEnvironment(environment);
      const { status, lines } = await spoken((child = spawn('terraform', given, { cwd: folder, env })));
      await settle?.();
      return { ...shown(status, lines), actions: actionsOf(config, lines) };
    });

  const plan = (config: Resources): Promise<Run> => run(config, ['plan', '-input=false', '-json']);
  const applyWith: RealCore['applyWith'] = (config, given, imports) =>
    run(config, ['apply', '-input=false', '-auto-approve', '-json', ...given], imports);
  return {
    plan,
    refresh: plan,
    apply: (config) => applyWith(config, []),
    applyWith,
    taint: (address) => run(new Map(), ['taint', address]),
    state: () => statesIn(stateFile),
    kept: () => (existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : undefined),
    interrupt: (count) => child && interrupt(child, count),
    close,
  };
}

function inJson(config: Resources, imports: Imports): object {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [address, attributes] of config) {
    const [type = '', name = ''] = address.split('.');
    resource[type] = { ...resource[type], [name]: attributes };
  }
  const terraform = { required_providers: { salesforce: { source: ADDRESS } } };
  const provider = { salesforce: { managed_by: MANAGED_BY } };
  const blocks = Object.entries(imports).map(([to, id]) => ({ to, id }));
  return {
    terraform,
    provider,
    ...(config.size > 0 && { resource }),
    ...(blocks.length > 0 && { import: blocks }),
  };
}

/**
 * The real terraform, which finds the provider in this process: no start of one, and a clock that does not wait. Each half
 * of a run has a provider of its own, as it has a process otherwise.
 */
export function realCore(environment: Readonly<Record<string, string>>, begun?: unknown): RealCore {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-core-'));
  const socketPath = join(folder, 's');
  const Addr = { Network: 'unix', String: socketPath };
  const reattach = { [ADDRESS]: { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr } };
  const way: Way = {
    folder,
    within: async (work) => {
      const serving = await serve({
        handlers: anew(environment),
        clientCertificate: undefined,
        socketPath,
        now: Date.now(),
        onShutdown: () => undefined,
        onLastStream: () => undefined,
        onError: () => undefined,
      });
      try {
        return await work({ TF_REATTACH_PROVIDERS: JSON.stringify(reattach) });
      } finally {
        while (serving.busy() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        await serving.close();
      }
    },
    interrupt: (child, count) => void child.kill(count > 1 ? 'SIGKILL' : 'SIGINT'),
    close: () => rmSync(folder, { recursive: true }),
  };
  return terraformCore(way, begun);
}

/** The real terraform, which starts the provider from a folder where it was installed. @param interrupt What befalls it. */
export function startedCore(
  folder: string,
  interrupt: Way['interrupt'],
): (environment: Readonly<Record<string, string>>, begun?: unknown) => Core {
  return (environment, begun) => {
    const way: Way = {
      folder,
      within: (work) => work(environment),
      interrupt,
      // A provider whose terraform is gone ends by itself, and what it does until then belongs to the run.
      settle: async () => {
        while (providersOf(folder).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
      },
      close: () => undefined,
    };
    return terraformCore(way, begun);
  };
}

/** A provider for each half of a run: Terraform configures it first of all. */
function anew(environment: Readonly<Record<string, string>>): Handlers {
  let provider = createProvider({ environment, clock });
  return Object.fromEntries(
    METHOD_NAMES.map((name) => [
      name,
      (request: Parameters<NonNullable<Handlers[typeof name]>>[0]) => {
        if (name === 'ConfigureProvider') provider = createProvider({ environment, clock });
        return provider[name]?.(request) ?? {};
      },
    ]),
  );
}

function spoken(child: ChildProcess): Promise<{ readonly status: number | null; readonly lines: readonly Line[] }> {
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => {
    child.on('close', (status) =>
      resolve({
        status,
        lines: output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : [])),
      }),
    );
  });
}

function shown(status: number | null, lines: readonly Line[]): Pick<Run, 'errors' | 'warnings'> {
  const of = (severity: string): string[] =>
    lines.flatMap(({ diagnostic }) =>
      diagnostic?.severity === severity ? [`${diagnostic.summary}\n${diagnostic.detail}`] : [],
    );
  const errors = of('error');
  return {
    errors: errors.length === 0 && status !== 0 ? [status === null ? 'killed' : `status ${status}`] : errors,
    warnings: of('warning'),
  };
}

function actionsOf(config: Resources, lines: readonly Line[]): Run['actions'] {
  const planned = lines.flatMap(({ type, change }) =>
    type === 'planned_change' && change ? [[change.resource.addr, change.action] as const] : [],
  );
  const rest = [...config.keys()].map((address) => [address, 'no-op'] as const);
  return new Map([...rest, ...planned]) as Run['actions'];
}

function statesIn(file: string): Resources {
  if (!existsSync(file)) return new Map();
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as State;
  return new Map(
    resources.flatMap(({ type, name, instances }) =>
      instances.map(({ attributes, status }) => {
        if (status === 'tainted') throw new Error(`${type}.${name} is tainted`);
        return [`${type}.${name}`, attributes] as const;
      }),
    ),
  );
}
