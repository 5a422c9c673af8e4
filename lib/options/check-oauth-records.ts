import type { Diagnostic } from '../values/diagnostic';
import { isTerraformToken } from '../values/text';
import type { ClientApp } from './client-app';
import type { OauthRecordDeclaration, TokenExchangeHandlerDeclaration } from '../declaration/oauth-records';

/** What must hold between the custom scopes, the token exchange handlers and the apps of one org. */
export function checkOauthRecords(
  records: readonly OauthRecordDeclaration[],
  apps: readonly ClientApp[],
): readonly Diagnostic[] {
  const handlers = records.filter((record) => record.record === 'token-exchange-handler');
  return [
    ...sameName(records),
    ...records.flatMap(plainDescription),
    ...twoDefaults(handlers),
    ...handlers.flatMap((handler) => appsExchange(handler, apps)),
  ];
}

/** Salesforce compares developer names without regard to case. */
function sameName(records: readonly OauthRecordDeclaration[]): readonly Diagnostic[] {
  const first = new Map<string, OauthRecordDeclaration>();
  return records.flatMap((record): readonly Diagnostic[] => {
    const key = `${record.record} ${record.apiName.toLowerCase()}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, record);
      return [];
    }
    return [
      {
        code: 'duplicate-api-name',
        severity: 'error',
        path: record.path,
        field: 'apiName',
        problem: `${other.path} has the same name; upper and lower case make no difference`,
        value: JSON.stringify(record.apiName),
        allowed: 'a name that no other record of its type has',
        remedy: 'set apiName of one of the two',
      },
    ];
  });
}

/** The guide says so, and nobody could try it: a warning, and Salesforce has the last word. */
function plainDescription(record: OauthRecordDeclaration): readonly Diagnostic[] {
  const { record: type, path, description } = record;
  if (type !== 'custom-scope' || /^[A-Za-z0-9 ]*$/.test(description) || isTerraformToken(description)) return [];
  return [
    {
      code: 'description-may-be-refused',
      severity: 'warning',
      path,
      field: 'description',
      problem: 'Salesforce documents that the description of a custom scope is alphanumeric',
      value: JSON.stringify(description),
      allowed: 'letters, digits and blanks',
      remedy: 'write it without punctuation, if the deploy refuses it',
      source: 'Metadata API Developer Guide: OauthCustomScope, description',
    },
  ];
}

/** A request that names no handler goes to one, and nobody could tell to which. */
function twoDefaults(handlers: readonly TokenExchangeHandlerDeclaration[]): readonly Diagnostic[] {
  const first = new Map<string, string>();
  return handlers.flatMap(({ path, enabledFor }) =>
    enabledFor
      .filter(({ isDefault }) => isDefault)
      .flatMap(({ app, platform }): readonly Diagnostic[] => {
        const key = `${platform} ${app.toLowerCase()}`;
        const other = first.get(key);
        if (other === undefined) {
          first.set(key, path);
          return [];
        }
        return [
          {
            code: 'two-default-handlers',
            severity: 'error',
            path,
            field: 'enabledFor',
            problem: `${other} is the default handler of ${app} already`,
            value: app,
            allowed: 'one default handler for each app',
            remedy: `state isDefault: false for ${app} in one of the two`,
          },
        ];
      }),
  );
}

/** An enablement for an app that exchanges no tokens is a promise that nothing keeps. */
function appsExchange(
  { path, enabledFor }: TokenExchangeHandlerDeclaration,
  apps: readonly ClientApp[],
): readonly Diagnostic[] {
  return enabledFor.flatMap(({ app, platform }): readonly Diagnostic[] => {
    const declared = apps.find((one) => one.platform === platform && one.apiName.toLowerCase() === app.toLowerCase());
    if (!declared || declared.tokenExchange.value.enabled) return [];
    return [
      {
        code: 'handler-without-token-exchange',
        severity: 'error',
        path,
        field: 'enabledFor',
        problem: `${app} does not use the token exchange flow, so the handler could serve it nothing`,
        value: app,
        allowed: 'apps with tokenExchange: { enabled: true, justification }',
        remedy: `add tokenExchange to ${declared.path}, or take ${app} out of enabledFor`,
        source: 'RFC 8693',
      },
    ];
  });
}
