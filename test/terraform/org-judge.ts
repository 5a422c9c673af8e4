import { readFileSync } from 'node:fs';

import type { Config } from './wire-values';

/** What the org holds, by type and full name, as its own state file has it. */
export type Components = Record<string, Record<string, { fields: Record<string, unknown> }>>;

export const componentsIn = (stateFile: string): Components =>
  (JSON.parse(readFileSync(stateFile, 'utf8')) as { components: Components }).components;

/** Where the org has what a block of a resource states, after Salesforce's documentation. */
const TYPES: Readonly<Record<string, string>> = {
  app: 'ExternalClientApplication',
  global_oauth: 'ExtlClntAppGlobalOauthSettings',
  oauth: 'ExtlClntAppOauthSettings',
  oauth_policies: 'ExtlClntAppOauthConfigurablePolicies',
  oauth_security: 'ExtlClntAppOauthSecuritySettings',
  policies: 'ExtlClntAppConfigurablePolicies',
};
const SETTINGS: Readonly<Record<string, string>> = {
  oauth_oidc: 'OauthOidc',
  connected_app_settings: 'ConnectedApp',
  external_client_app: 'ExternalClientApp',
};
/** What an org answers for where its record says nothing. */
const PLATFORM: Readonly<Record<string, unknown>> = {
  ispkcerequired: true,
  issecretrequiredforrefreshtoken: true,
  isenabled: true,
  isoauthpluginenabled: true,
  iprelaxationpolicytype: 'Enforce',
  requiredsessionlevel: 'STANDARD',
  distributionstate: 'Local',
  isattestpluginenabled: true,
  iscanvaspluginenabled: true,
  ismobilepluginenabled: true,
  isnotificationpluginenabled: true,
  ispushpluginenabled: true,
  issamlpluginenabled: true,
  startpage: 'None',
};
/** The label that a record has where nobody gave it one: its full name. */
const LABEL = /_(glbloauth|oauth|oauthPlcy|plcy|oauthSecurity)$/;

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const bare = (name: string): string => name.replace(/_/g, '').toLowerCase();
const isRecord = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const member = (record: unknown, name: string): unknown =>
  isRecord(record) ? Object.entries(record).find(([key]) => bare(key) === bare(name))?.[1] : undefined;

function recordOf(components: Components, resource: string, apiName: string, block: string): unknown {
  if (resource === 'salesforce_connected_app') {
    const fields = components['ConnectedApp']?.[apiName]?.fields;
    return block === 'app' ? fields : member(fields, block);
  }
  if (resource === 'salesforce_oauth_settings') return components['Settings']?.[SETTINGS[block] ?? '']?.fields;
  if (resource === 'salesforce_oauth_custom_scope') return components['OauthCustomScope']?.[apiName]?.fields;
  if (resource === 'salesforce_oauth_token_exchange_handler') {
    return components['OauthTokenExchangeHandler']?.[apiName]?.fields;
  }
  const all = components[TYPES[block] ?? ''] ?? {};
  if (block === 'app') return all[apiName]?.fields;
  return Object.values(all).find(({ fields }) => fields['externalClientApplication'] === apiName)?.fields;
}

export interface Difference {
  readonly path: string;
  readonly stated: unknown;
  readonly found: unknown;
}

/** Everything that a resource states and the org has otherwise. Blocks that the org does not have are not read. */
export function differing(
  components: Components,
  resource: string,
  apiName: string,
  config: Config,
): readonly Difference[] {
  return Object.entries(config).flatMap(([block, stated]) =>
    isRecord(stated) && !OURS.has(block)
      ? differences(block, stated, recordOf(components, resource, apiName, block))
      : [],
  );
}

/** Blocks that no org has. */
const OURS = new Set(['lifecycle', 'exception', 'component_names']);

function differences(path: string, stated: Config, record: unknown): readonly Difference[] {
  return Object.entries(stated).flatMap(([name, value]) => {
    const found = member(record, name) ?? PLATFORM[bare(name)];
    if (isRecord(value)) return differences(`${path}.${name}`, value, found);
    return value === null || (name === 'label' && LABEL.test(words(value))) || same(name, value, found)
      ? []
      : [{ path: `${path}.${name}`, stated: value, found }];
  });
}

function same(name: string, stated: unknown, found: unknown): boolean {
  if (typeof stated === 'boolean') return words(found ?? false) === words(stated);
  if (Array.isArray(stated)) return canonical(stated) === canonical(membersOf(name, found));
  return withoutLine(words(found ?? '')) === words(stated).trim();
}

/** The last line of a description says who manages the app. */
const withoutLine = (text: string): string => text.replace(/\n?Managed as code by [^\n]*$/, '').trim();

/** A set as the org writes it: rows, or a text with commas or line ends. */
function membersOf(name: string, found: unknown): readonly unknown[] {
  if (Array.isArray(found)) return found as readonly unknown[];
  if (isRecord(found)) return [found];
  if (typeof found !== 'string') return [];
  const all = found.split(name === 'callback_url' ? /[\r\n]+/ : ',').map((each) => each.trim());
  return [...new Set(all.filter((each) => each !== ''))];
}

const canonical = (members: readonly unknown[]): string =>
  JSON.stringify(
    members
      .map((each) =>
        isRecord(each)
          ? JSON.stringify(
              Object.entries(each)
                .flatMap(([name, value]) => (value === '' || value === null ? [] : [[bare(name), words(value)]]))
                .sort(),
            )
          : words(each),
      )
      .sort(),
  );

/** Everything that the org has of an app, or of a record; a switch that is off may be left out. */
export function partsOf(components: Components, apiName: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(components).flatMap(([type, records]) =>
      Object.entries(records).flatMap(([name, { fields }]) =>
        name === apiName || fields['externalClientApplication'] === apiName
          ? [[`${type} ${name}`, withoutOff(fields)]]
          : [],
      ),
    ),
  );
}

const withoutOff = (fields: Config): Config =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === false ? [] : [[name, isRecord(value) ? withoutOff(value) : value] as const],
    ),
  );
