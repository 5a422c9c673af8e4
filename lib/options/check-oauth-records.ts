import type { Diagnostic } from '../values/diagnostic';
import { diagnose } from '../values/diagnose';
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
    diagnose('description-may-be-refused', {
      path,
      field: 'description',
      value: JSON.stringify(description),
      source: 'Metadata API Developer Guide: OauthCustomScope, description',
    }),
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
        return [diagnose('two-default-handlers', { path, field: 'enabledFor', value: app }, { other, app })];
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
      diagnose(
        'handler-without-token-exchange',
        { path, field: 'enabledFor', value: app, source: 'RFC 8693' },
        { app, declaredAs: declared.path },
      ),
    ];
  });
}
