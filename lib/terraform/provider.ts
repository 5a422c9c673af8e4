import { canonicalJson } from '../metadata/digest';
import { attempt, diagnosticMessage, given, mapValues, optional, path, refusal, textIn, written } from './answers';
import { connectedApp, externalClientApp } from './app/resource';
import { clientApps } from './client-apps/data-source';
import { CREDENTIAL_RESOURCES } from './credentials/resource';
import { EPHEMERAL_RESOURCES, ephemeralCalls } from './ephemeral/calls';
import { FUNCTION_MESSAGES, functionCalls } from './functions/calls';
import { OFFLINE_APPLY, OFFLINE_IMPORT, OFFLINE_REMARK } from './offline';
import { createClaims } from './org/claims';
import { PROVIDER_SCHEMA, providerConfig, providerProblems } from './org/provider-config';
import { type Edges, openSession, type Session } from './org/session';
import { createTraffic, type Traffic } from './org/traffic';
import { RECORD_RESOURCES } from './records/resource';
import type { DataSource, Planned, Resource, TerraformDiagnostic } from './resource';
import { schemaMessage } from './schema/attribute';
import { conform } from './schema/conform';
import { upgrade } from './schema/upgrade';
import { oauthSettings } from './settings/resource';
import { TYPED_APP_RESOURCES } from './typed/resource';
import type { Message } from './wire/protocol';
import type { Handlers } from './wire/server';
import { type DynamicValue, readValue, text, type Values, values, writeValue } from './wire/value';

export const RESOURCES: Readonly<Record<string, Resource>> = {
  salesforce_external_client_app: externalClientApp,
  salesforce_connected_app: connectedApp,
  salesforce_oauth_settings: oauthSettings,
  ...TYPED_APP_RESOURCES,
  ...RECORD_RESOURCES,
  ...CREDENTIAL_RESOURCES,
};
export const DATA_SOURCES: Readonly<Record<string, DataSource>> = { salesforce_client_apps: clientApps };

/** The provider as answers to Terraform's calls. One process is one provider configuration, which is one org. */
export function createProvider(edges: Edges): Handlers {
  const traffic = createTraffic(edges.clock);
  const states = new Map<string, Values>();
  const open = (config: Values): Session =>
    openSession(providerConfig(config, edges.environment), edges, { traffic, states });
  let session = open({});
  let claims = createClaims();
  const kept = privateMarks(edges.clock.now());
  return noted(traffic, {
    GetProviderSchema: () => ({
      provider: schemaMessage(PROVIDER_SCHEMA),
      resource_schemas: mapValues(RESOURCES, ({ schema }) => schemaMessage(schema)),
      data_source_schemas: mapValues(DATA_SOURCES, ({ schema }) => schemaMessage(schema)),
      ephemeral_resource_schemas: mapValues(EPHEMERAL_RESOURCES, ({ schema }) => schemaMessage(schema)),
      functions: FUNCTION_MESSAGES,
      server_capabilities: { plan_destroy: true, get_provider_schema_optional: true, move_resource_state: true },
    }),
    ValidateProviderConfig: (request) => ({
      diagnostics: providerProblems(values(given(request, 'config'))).map(({ attribute, problem }) =>
        diagnosticMessage({
          severity: 'error',
          summary: `Wrong ${attribute}`,
          detail: problem,
          attribute: [attribute],
        }),
      ),
    }),
    ConfigureProvider: async (request) => {
      session = open(values(given(request, 'config')));
      claims = createClaims();
      // Every plan and apply reads the org: one that cannot be read is reported once, not again for each resource.
      if (session.config.offline) return { diagnostics: [diagnosticMessage(OFFLINE_REMARK)] };
      if (!session.reachable) return {};
      const { diagnostics } = await attempt('reading', { state: null }, async () => {
        await session.reading();
        const running = await session.running();
        return { state: null, diagnostics: running.length > 0 ? [stillRunning(running)] : [] };
      });
      return { diagnostics: diagnostics.map(diagnosticMessage) };
    },
    ValidateResourceConfig: (request) => {
      const { write_only_attributes_allowed: writeOnly } = (request['client_capabilities'] ?? {}) as Message;
      const diagnostics = resource(request).validate(values(given(request, 'config')), {
        writeOnly: writeOnly === true,
        today: session.today(),
      });
      return { diagnostics: diagnostics.map(diagnosticMessage) };
    },
    ValidateDataResourceConfig: () => ({}),
    UpgradeResourceState: (request) => {
      const { schema } = resource(request);
      const raw = values(readValue(request['raw_state'] as DynamicValue | undefined));
      const { state, diagnostics } = upgrade(schema, { version: Number(request['version'] ?? 0), state: raw });
      if (state) states.set(nameIn(request, state), state);
      return {
        ...(state && { upgraded_state: written(schema, state) }),
        diagnostics: diagnostics.map(diagnosticMessage),
      };
    },
    ReadResource: async (request) => {
      const state = given(request, 'current_state');
      session.reads();
      if (state === null) return { new_state: writeValue(null) };
      if (session.config.offline) {
        const diagnostics = kept.read(request['private']).imported ? [diagnosticMessage(OFFLINE_IMPORT)] : [];
        return { new_state: request['current_state'], diagnostics, private: request['private'] };
      }
      const { schema, read } = resource(request);
      const current = conform(schema.attributes, values(state));
      const answer = await attempt('reading', { state }, () => read(current, session));
      return {
        new_state: written(schema, answer.state),
        diagnostics: answer.diagnostics.map(diagnosticMessage),
        private: request['private'],
      };
    },
    PlanResourceChange: async (request) => {
      const { schema, plan, object, deletes = false, single = false } = resource(request);
      const [prior, config] = [optional(given(request, 'prior_state')), optional(given(request, 'config'))];
      const proposed = given(request, 'proposed_new_state');
      const { imported, planned } = kept.read(request['prior_private']);
      const wanted = proposed === null ? undefined : config;
      // The second half of a replacement: the resource has been planned with its state before.
      const again = prior === undefined && planned;
      const type = textIn(request, 'type_name');
      const claim = { type, object, prior, config: wanted, deletes, single };
      const conflicts = again ? [] : claims.claim(claim);
      const planning = async (): Promise<Planned> => {
        const found = await plan(prior, wanted, session, imported);
        return conflicts.length > 0 ? { ...found, diagnostics: [...conflicts, ...found.diagnostics] } : found;
      };
      const answer = await attempt('planning', { state: proposed }, () =>
        traffic.planning(nameIn(request, config), planning, (planned) => willApply(prior, planned)),
      );
      return {
        planned_state: written(schema, answer.state),
        requires_replace: ('requiresReplace' in answer ? (answer.requiresReplace ?? []) : []).map((name) =>
          path([name]),
        ),
        diagnostics: answer.diagnostics.map(diagnosticMessage),
        planned_private: kept.write({ imported: 'asImported' in answer && answer.asImported, planned: true }),
      };
    },
    ApplyResourceChange: async (request) => {
      const { schema, apply } = resource(request);
      const prior = given(request, 'prior_state');
      if (session.config.offline) {
        return { new_state: written(schema, prior), diagnostics: [diagnosticMessage(OFFLINE_APPLY)] };
      }
      const planned = optional(given(request, 'planned_state'));
      const config = values(given(request, 'config'));
      traffic.arrived(nameIn(request, config));
      const answer = await attempt('applying', { state: prior }, () =>
        apply({ prior: optional(prior), planned, config }, session),
      );
      return {
        new_state: written(schema, answer.state),
        diagnostics: answer.diagnostics.map(diagnosticMessage),
        private: kept.write({ ...kept.read(request['planned_private']), planned: false }),
      };
    },
    ImportResourceState: (request) => {
      const { schema, importState } = resource(request);
      const state = importState(textIn(request, 'id'));
      if (typeof state === 'string') return { diagnostics: [diagnosticMessage(refusal('Wrong import id', state))] };
      const imported = {
        type_name: request['type_name'],
        state: written(schema, state),
        private: kept.write({ imported: true, planned: false }),
      };
      return { imported_resources: [imported] };
    },
    MoveResourceState: (request) => {
      const { schema, moveState } = resource(request, 'target_type_name');
      const source = values(readValue(request['source_state'] as DynamicValue | undefined));
      const state = moveState({ type: textIn(request, 'source_type_name'), state: source });
      if (typeof state === 'string') return { diagnostics: [diagnosticMessage(refusal('Cannot be moved', state))] };
      return { target_state: written(schema, state) };
    },
    ReadDataSource: async (request) => {
      const source = DATA_SOURCES[String(request['type_name'])];
      if (!source) throw new TypeError(`No data source ${String(request['type_name'])}`);
      const config = given(request, 'config');
      const answer = await attempt('reading', { state: config }, () => source.read(values(config), session));
      return { state: written(source.schema, answer.state), diagnostics: answer.diagnostics.map(diagnosticMessage) };
    },
    ...ephemeralCalls(() => session),
    ...functionCalls,
    StopProvider: () => {
      session.stop();
      return {};
    },
  });
}

/** All of them, with each call noted. */
const noted = (traffic: Traffic, handlers: Handlers): Handlers =>
  mapValues(handlers, (handler) => (request: Message) => traffic.call(() => handler(request)));

/** What Terraform keeps for us beside a state or a plan. */
interface Kept {
  /** The object was imported and not changed since. */
  readonly imported: boolean;
  /** This very process has planned the resource. */
  readonly planned: boolean;
}

const IMPORTED = 'imported';

/** @param started When the process began, so that no other process takes its marks for its own. */
function privateMarks(started: number): {
  readonly read: (kept: unknown) => Kept;
  readonly write: (kept: Kept) => Buffer;
} {
  const mark = `planned at ${started}`;
  return {
    read: (kept) => {
      const words = Buffer.isBuffer(kept) ? kept.toString().split(', ') : [];
      return { imported: words.includes(IMPORTED), planned: words.includes(mark) };
    },
    write: ({ imported, planned }) =>
      Buffer.from([...(imported ? [IMPORTED] : []), ...(planned ? [mark] : [])].join(', ')),
  };
}

/** What a resource is known by from call to call: Terraform never tells an address. */
const nameIn = (request: Message, attributes: Values | undefined): string =>
  `${textIn(request, 'type_name')} ${text(attributes?.['api_name']) ?? ''}`;

/** Terraform applies what differs from what was there, and nothing where there are errors. */
const willApply = (prior: Values | undefined, { state, diagnostics }: Planned): boolean =>
  state !== null &&
  diagnostics.every(({ severity }) => severity !== 'error') &&
  (prior === undefined || canonicalJson(prior) !== canonicalJson(state));

function resource(request: Message, member = 'type_name'): Resource {
  const name = String(request[member]);
  const found = RESOURCES[name];
  if (!found) throw new TypeError(`No resource ${name}`);
  return found;
}

const stillRunning = (deploys: readonly string[]): TerraformDiagnostic => ({
  severity: 'warning',
  summary: 'A deploy is still running in the org',
  detail: `${deploys.join(', ')}: what was read may change with it. Plan again when it is over: Setup > Deployment Status. An apply waits for it and compares again.`,
});
