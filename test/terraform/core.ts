import { isDeepStrictEqual } from 'node:util';

import type { Clock } from '../../lib/org/clock';
import { createProvider } from '../../lib/terraform/provider';
import type { Message, Method } from '../../lib/terraform/wire/protocol';
import type { Handlers } from '../../lib/terraform/wire/server';
import {
  type DynamicValue,
  readValue,
  Unknown,
  type Value,
  type Values,
  writeValue,
} from '../../lib/terraform/wire/value';
import { clock as punctual } from '../cli/support';

/** Resources by address: what a configuration, or a state, says of each. */
export type Resources = ReadonlyMap<string, Values>;

/** How a run of Terraform ended. */
export interface Run {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** What the plan wants, by address. */
  readonly actions: ReadonlyMap<string, 'create' | 'update' | 'delete' | 'replace' | 'no-op'>;
}

export interface Core {
  readonly plan: (config: Resources) => Promise<Run>;
  /** Plans, and keeps what was read. */
  readonly refresh: (config: Resources) => Promise<Run>;
  readonly apply: (config: Resources) => Promise<Run>;
  readonly state: () => Resources;
  /** The state with what belongs to it, for another core to begin with. */
  readonly kept: () => unknown;
  /** Somebody asks the run to end, as Terraform passes on a Ctrl-C; twice, and its processes are gone at once. */
  readonly interrupt: (count: number) => Promise<void> | void;
  readonly close: () => void;
}

type Kept = ReadonlyMap<string, KeptResource>;

interface KeptResource {
  readonly state: Values;
  readonly private: unknown;
}

/** Without it no app is taken over, not even one that an apply made whose answer was lost. */
export const MANAGED_BY = 'identity/prod';

const typeOf = (address: string): string => address.split('.')[0] ?? '';

/**
 * Does with the provider what Terraform's core does in a plan and an apply, a hundred times faster: a process of the
 * provider for each half, the calls in their order, what a core demands of their answers, and what it keeps of them.
 */
export function coreInHand(
  environment: Readonly<Record<string, string>>,
  begun?: unknown,
  { clock = punctual, managedBy = MANAGED_BY }: { readonly clock?: Clock; readonly managedBy?: string } = {},
): Core {
  let kept = (begun as Kept | undefined) ?? new Map<string, KeptResource>();
  let running: Handlers | undefined;
  let interrupted = false;
  let killed = false;

  async function begin(): Promise<Provider> {
    running = createProvider({ environment, clock });
    return opened(running, managedBy);
  }

  interface Planning {
    readonly run: Run;
    readonly steps: readonly Step[];
    readonly refreshed: Kept;
  }
  interface Step {
    readonly address: string;
    readonly prior: KeptResource | undefined;
    readonly planned: Value;
    readonly config: Value;
  }

  async function planning(config: Resources): Promise<Planning> {
    interrupted = false;
    killed = false;
    const said: Said = { errors: [], warnings: [] };
    const provider = await begin();
    if (!(await provider.configure(said))) return { run: { ...said, actions: new Map() }, steps: [], refreshed: kept };
    const refreshed = new Map<string, KeptResource>();
    await Promise.all(
      [...kept].map(async ([address, { state, private: mark }]) => {
        const type_name = typeOf(address);
        const raw_state = { json: Buffer.from(JSON.stringify(state)) };
        const upgraded = await provider.call('UpgradeResourceState', { type_name, version: 0, raw_state }, said);
        const current_state = upgraded?.['upgraded_state'];
        const read = await provider.call('ReadResource', { type_name, current_state, private: mark }, said);
        const found = read ? provider.complete(address, readValue(read['new_state'] as DynamicValue)) : state;
        if (found !== null) refreshed.set(address, { state: found as Values, private: read?.['private'] ?? mark });
      }),
    );
    const steps: Step[] = [];
    const actions = new Map<string, 'create' | 'update' | 'delete' | 'replace' | 'no-op'>();
    if (said.errors.length === 0 && !interrupted) {
      await Promise.all(
        [...new Set([...config.keys(), ...refreshed.keys()])].map(async (address) => {
          const prior = refreshed.get(address);
          const wanted = config.get(address) ?? null;
          const answer = await provider.plan(address, prior, wanted, said);
          if (!answer) return;
          const planned = provider.complete(address, readValue(answer['planned_state'] as DynamicValue));
          const replaces = ((answer['requires_replace'] ?? []) as readonly unknown[]).length > 0 && prior !== undefined;
          const same = prior !== undefined && isDeepStrictEqual(comparable(prior.state), comparable(planned));
          const changes = prior === undefined ? 'create' : same ? 'no-op' : 'update';
          actions.set(address, wanted === null ? 'delete' : replaces ? 'replace' : changes);
          if (!same) steps.push({ address, prior, planned, config: provider.complete(address, wanted) });
        }),
      );
    }
    if (interrupted) said.errors.push('interrupted');
    return { run: { ...said, actions }, steps, refreshed };
  }

  return {
    state: () => new Map([...kept].map(([address, { state }]) => [address, state])),
    interrupt: (count) => {
      interrupted = true;
      killed = count > 1;
      if (!killed) void running?.StopProvider?.({});
    },
    kept: () => kept,
    close: () => undefined,
    plan: async (config) => (await planning(config)).run,
    refresh: async (config) => {
      const { run, refreshed } = await planning(config);
      if (run.errors.length === 0) kept = refreshed;
      return run;
    },
    apply: async (config) => {
      const { run, steps, refreshed } = await planning(config);
      const said: Said = { errors: [...run.errors], warnings: [...run.warnings] };
      if (run.errors.length > 0) return run;
      kept = refreshed;
      if (steps.length === 0) return run;
      const provider = await begin();
      if (!(await provider.configure(said))) return { ...run, ...said };
      await Promise.all(
        steps.map(async ({ address, prior, planned, config: wanted }) => {
          const failed: Said = { errors: [], warnings: [] };
          const again =
            planned === null ? undefined : await provider.plan(address, prior, config.get(address) ?? null, failed);
          const replanned =
            planned === null ? null : provider.complete(address, readValue(again?.['planned_state'] as DynamicValue));
          if (planned !== null && (!again || interrupted)) {
            said.errors.push(...(interrupted ? ['interrupted'] : []), ...failed.errors);
            return;
          }
          expectKept(`plan again of ${address}`, planned, replanned);
          const answer = await provider.call(
            'ApplyResourceChange',
            {
              type_name: typeOf(address),
              prior_state: writeValue(prior?.state ?? null),
              planned_state: writeValue(replanned),
              config: writeValue(wanted),
              planned_private: again?.['planned_private'],
            },
            failed,
            true,
          );
          const state = provider.complete(address, readValue(answer?.['new_state'] as DynamicValue));
          if (failed.errors.length === 0) expectKept(`apply of ${address}`, planned, state);
          // A core marks it as tainted, and makes it anew: its consumer key would be lost.
          else if (prior === undefined && state !== null) throw new Error(`${address} would be tainted`);
          if (killed) return;
          const next = new Map(kept);
          if (state === null) next.delete(address);
          else next.set(address, { state: state as Values, private: answer?.['private'] });
          kept = next;
          said.errors.push(...failed.errors);
          said.warnings.push(...failed.warnings);
        }),
      );
      return killed ? { ...run, errors: ['killed'], warnings: [] } : { ...run, ...said };
    },
  };
}

export interface Said {
  readonly errors: string[];
  readonly warnings: string[];
}

interface Provider {
  readonly configure: (said: Said) => Promise<boolean>;
  readonly call: (method: Method, request: Message, said: Said, always?: boolean) => Promise<Message | undefined>;
  readonly plan: (
    address: string,
    prior: KeptResource | undefined,
    wanted: Value,
    said: Said,
  ) => Promise<Message | undefined>;
  readonly complete: (address: string, config: Value) => Value;
}

export async function opened(handlers: Handlers, managedBy: string): Promise<Provider> {
  const schemas = (await handlers.GetProviderSchema?.({})) as unknown as Schemas;
  const complete = (address: string, config: Value): Value =>
    config === null ? null : completed(schemas.resource_schemas[typeOf(address)]?.block.attributes ?? [], config);
  /** Undefined where it ended in an error; @param always The answer counts even then. */
  const call: Provider['call'] = async (method, request, said, always = false) => {
    const answer = await handlers[method]?.(request);
    const diagnostics = (answer?.['diagnostics'] ?? []) as readonly RawDiagnostic[];
    const isError = diagnostics.some(({ severity }) => severity === 1);
    for (const { severity, summary, detail } of diagnostics) {
      (severity === 1 ? said.errors : said.warnings).push(`${summary}\n${detail}`);
    }
    return isError && !always ? undefined : answer;
  };
  return {
    call,
    complete,
    configure: async (said) => {
      const config = writeValue(completed(schemas.provider.block.attributes, { managed_by: managedBy }));
      return (await call('ConfigureProvider', { config, terraform_version: '1.11.4' }, said)) !== undefined;
    },
    plan: (address, prior, wanted, said) => {
      const config = writeValue(complete(address, wanted));
      const request = {
        type_name: typeOf(address),
        prior_state: writeValue(prior?.state ?? null),
        proposed_new_state: config,
        config,
        prior_private: prior?.private,
      };
      return call('PlanResourceChange', request, said);
    },
  };
}

interface RawDiagnostic {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
}
interface SchemaAttribute {
  readonly name: string;
  readonly type?: Buffer;
  readonly nested_type?: { readonly nesting: number; readonly attributes: readonly SchemaAttribute[] };
}
interface Schemas {
  readonly provider: { readonly block: { readonly attributes: readonly SchemaAttribute[] } };
  readonly resource_schemas: Readonly<
    Record<string, { readonly block: { readonly attributes: readonly SchemaAttribute[] } }>
  >;
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

/** With every attribute of the schema and numbers that are no text, as a core sends it. */
function completed(attributes: readonly SchemaAttribute[], given: Value): Value {
  if (!isObject(given)) return given;
  return Object.fromEntries(
    attributes.map(({ name, type, nested_type: nested }) => {
      const value = given[name] ?? null;
      if (!nested) return [name, typeof value === 'string' && String(type) === '"number"' ? Number(value) : value];
      const inner = (each: Value): Value => completed(nested.attributes, each);
      return [name, Array.isArray(value) ? (value as readonly Value[]).map(inner) : inner(value)];
    }),
  );
}

/** Sets have no order. */
function comparable(value: Value): unknown {
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => JSON.stringify(comparable(each))).sort();
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, each]) => [name, comparable(each)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
  return value;
}

/** Terraform's rule: what was known stays as it was, and an apply leaves nothing unknown. */
function expectKept(what: string, before: Value, after: Value): void {
  if (before instanceof Unknown) return;
  if (isObject(before) && isObject(after)) {
    for (const name of Object.keys(before)) expectKept(`${what}: ${name}`, before[name] ?? null, after[name] ?? null);
    return;
  }
  if (!isDeepStrictEqual(comparable(before), comparable(after))) {
    throw new Error(`${what}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`);
  }
}
