import type { Component, FieldRecord } from '../../metadata/component';
import { declaredList, switchesOn } from '../../metadata/declared-setting';
import type { ManifestRecord } from '../../metadata/manifest';
import type { ObservedRecords } from '../../metadata/observed';
import type { Diagnostic } from '../../values/diagnostic';
import { CUSTOM_SCOPE, TOKEN_EXCHANGE_HANDLER } from '../../values/metadata-types';
import { isTouched } from './declared';
import type { AppGuard, AppGuardInput } from './guard';

/** Custom scopes that an app names must exist, and an exchange of tokens needs someone who does it. */
export const guardOauthRecords: AppGuard = (input) => [...customScopes(input), ...tokenExchangeHandler(input)];

function customScopes(input: AppGuardInput): readonly Diagnostic[] {
  const lists = (['customScopes', 'adminCustomScopes'] as const).map((name) => declaredList(input.app, name));
  const named = lists.flatMap((list) => list ?? []);
  const records = input.situation.observed.oauthRecords[CUSTOM_SCOPE];
  const declared = declaredRecords(input, CUSTOM_SCOPE).map(({ name }) => name);
  const known = new Set([...(records?.byName.keys() ?? []), ...declared].map((name) => name.toLowerCase()));
  const missing = [...new Set(named)].filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return [];
  const unread = unreadReason(records);
  return [
    {
      code: unread === undefined ? 'custom-scope-missing' : 'custom-scopes-unread',
      severity: unread === undefined ? 'error' : 'warning',
      path: input.app.path,
      field: 'customScopes',
      problem:
        unread === undefined
          ? `the org has no custom scope named ${missing.join(', ')}`
          : `it is not known whether the org has the custom scope ${missing.join(', ')}: ${unread}`,
      value: missing.join(', '),
      allowed: 'names of custom scopes that exist in this org or are declared in this program',
      remedy: 'declare it with new OauthCustomScope(…), or correct the name',
    },
  ];
}

/** Told when the app is written. A handler may follow later, so that this blocks nothing. */
function tokenExchangeHandler(input: AppGuardInput): readonly Diagnostic[] {
  if (!switchesOn(input.app, 'tokenExchange') || !isTouched(input)) return [];
  const records = input.situation.observed.oauthRecords[TOKEN_EXCHANGE_HANDLER];
  const handlers = [...(records?.byName.values() ?? [])];
  const all = handlers.flatMap((handler) => (handler.state === 'present' ? [handler.component] : []));
  const planned = declaredRecords(input, TOKEN_EXCHANGE_HANDLER).map(({ fields }) => valuesOf(fields));
  const left = all.filter(({ fullName }) => !planned.some((fields) => fields['developerName'] === fullName));
  if ([...left.map(({ fields }) => fields), ...planned].some((fields) => serves(fields, input.app))) return [];
  const unread = unreadReason(records) ?? (all.length < handlers.length ? 'one cannot be read' : undefined);
  return [
    {
      code: unread === undefined ? 'token-exchange-handler-missing' : 'token-exchange-handlers-unread',
      severity: 'warning',
      path: input.app.path,
      field: 'tokenExchange',
      problem:
        unread === undefined
          ? `no token exchange handler of the org is enabled for ${input.app.api_name}, so that every exchange is refused`
          : `it is not known whether a token exchange handler is enabled for ${input.app.api_name}: ${unread}`,
      remedy: 'declare a new OauthTokenExchangeHandler(…) that is enabledFor the app, or leave tokenExchange out',
    },
  ];
}

const declaredRecords = ({ situation }: AppGuardInput, type: string): readonly ManifestRecord[] =>
  (situation.manifest.records ?? []).filter((record) => record.type === type);

const valuesOf = (fields: ManifestRecord['fields']): Component['fields'] =>
  Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));

function serves(fields: Component['fields'], { api_name: name, platform }: AppGuardInput['app']): boolean {
  const enablements = fields['enablements'];
  if (fields['isEnabled'] !== true || !Array.isArray(enablements)) return false;
  const field = platform === 'connected-app' ? 'connectedApp' : 'externalClientApp';
  return (enablements as readonly FieldRecord[]).some((enablement) => enablement[field] === name);
}

const unreadReason = (records: ObservedRecords | undefined): string | undefined =>
  records ? records.unread : 'they were not read';
