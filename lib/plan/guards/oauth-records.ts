import type { Component, FieldRecord } from '../../metadata/component';
import { declaredList, switchesOn } from '../../metadata/declared-setting';
import type { ManifestRecord } from '../../metadata/manifest';
import type { ObservedRecords } from '../../metadata/observed';
import { diagnose } from '../../values/diagnose';
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
  const names = missing.join(', ');
  const place = { path: input.app.path, field: 'customScopes', value: names };
  return [
    unread === undefined
      ? diagnose('custom-scope-missing', place, { names })
      : diagnose('custom-scopes-unread', place, { names, reason: unread }),
  ];
}

/** Reported when the app is written. A handler may follow later, so that this blocks nothing. */
function tokenExchangeHandler(input: AppGuardInput): readonly Diagnostic[] {
  if (!switchesOn(input.app, 'tokenExchange') || !isTouched(input)) return [];
  const records = input.situation.observed.oauthRecords[TOKEN_EXCHANGE_HANDLER];
  const handlers = [...(records?.byName.values() ?? [])];
  const all = handlers.flatMap((handler) => (handler.state === 'present' ? [handler.component] : []));
  const planned = declaredRecords(input, TOKEN_EXCHANGE_HANDLER).map(({ fields }) => valuesOf(fields));
  const left = all.filter(({ fullName }) => !planned.some((fields) => fields['developerName'] === fullName));
  if ([...left.map(({ fields }) => fields), ...planned].some((fields) => serves(fields, input.app))) return [];
  const unread = unreadReason(records) ?? (all.length < handlers.length ? 'one cannot be read' : undefined);
  const { path, api_name: app } = input.app;
  const place = { path, field: 'tokenExchange' };
  return [
    unread === undefined
      ? diagnose('token-exchange-handler-missing', place, { app })
      : diagnose('token-exchange-handlers-unread', place, { app, reason: unread }),
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
