import type { Component } from '../../metadata/component';
import type { ManifestRecord } from '../../metadata/manifest';
import type { ObservedOrg } from '../../metadata/observed';
import { appsInRows } from '../../metadata/records/app-rows';
import { TOKEN_EXCHANGE_HANDLER } from '../../values/metadata-types';
import type { ExchangeHandler, ExchangeHandlers } from '../control';

type Records = ObservedOrg['oauthRecords'];

/**
 * The token exchange handlers of an org as a program leaves them; those alone that the program declares where no org was
 * read. A program that answers for the creation of users is taken at its word.
 */
export function exchangeHandlers(
  observed: Records | undefined,
  declared: readonly ManifestRecord[] = [],
): ExchangeHandlers {
  const ours = declared.filter(({ type }) => type === TOKEN_EXCHANGE_HANDLER).map(declaredHandler);
  const records = observed?.[TOKEN_EXCHANGE_HANDLER];
  if (!records) return { found: ours, unread: 'which token exchange handlers the org has was not read' };
  const names = new Set(ours.map(({ name }) => name));
  const found = [...ours];
  let { unread } = records;
  for (const [name, record] of records.byName) {
    if (names.has(name)) continue;
    if (record.state === 'present') found.push(handlerOf(name, record.component.fields));
    if (record.state === 'unreadable') unread ??= `${TOKEN_EXCHANGE_HANDLER} ${name}: ${record.reason}`;
  }
  return { found, ...(unread !== undefined && { unread }) };
}

function declaredHandler({ name, fields, exceptions }: ManifestRecord): ExchangeHandler {
  const values = Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));
  const handler = handlerOf(name, values);
  const excused = exceptions.some(({ option }) => option === 'createsUsers');
  return { ...handler, createsUsers: handler.createsUsers && !excused };
}

function handlerOf(name: string, fields: Component['fields']): ExchangeHandler {
  return {
    name,
    enabled: fields['isEnabled'] === true,
    createsUsers: fields['isUserCreationAllowed'] === true,
    serves: appsInRows(fields['enablements']).map(({ apiName, platform, row }) => {
      const { apexExecutionUser: runsAs } = row;
      return { platform, apiName, ...(typeof runsAs === 'string' && runsAs !== '' && { runsAs }) };
    }),
  };
}

/** The users that handlers run as. */
export const handlerUsers = ({ found }: ExchangeHandlers): readonly string[] =>
  found.flatMap(({ serves }) => serves.flatMap(({ runsAs }) => runsAs ?? []));
