import { apiNameProblem } from '../../values/api-name';
import type { Enablement, TokenTypeName } from '../oauth-records';
import { isAppConstruct } from '../options/references';
import { TokenType } from '../options/token-type';
import type { Reading } from '../reading';
import { readUsername } from './usernames';
import { isPlainObject, readBoolean, readRecord } from './values';

type App = Pick<Enablement, 'app' | 'platform'>;

/** The kinds of tokens that a handler takes, sorted. */
export function readAccepts(value: unknown, reading: Reading): readonly TokenTypeName[] {
  const allowed = 'a list of token types such as [TokenType.JWT], at least one';
  if (value === undefined) reading.missing('accepts', allowed);
  else if (!Array.isArray(value) || value.length === 0) reading.wrongType('accepts', value, allowed);
  if (!Array.isArray(value)) return [];
  const names = [...(value as readonly unknown[])].flatMap((element, index) => {
    if (TokenType.is(element)) return [element.tokenType];
    reading.wrongType(`accepts[${index}]`, element, 'a TokenType such as TokenType.JWT');
    return [];
  });
  return [...new Set(names)].sort();
}

/** Which apps a handler serves, sorted by app. */
export function readEnablements(value: unknown, reading: Reading): readonly Enablement[] {
  const allowed = 'a list of { app, runAs }; an empty one serves no one';
  if (value === undefined) reading.missing('enabledFor', allowed);
  else if (!Array.isArray(value)) reading.wrongType('enabledFor', value, allowed);
  if (!Array.isArray(value)) return [];
  const rows = [...(value as readonly unknown[])].flatMap(
    (element, index) => readEnablement(element, `enabledFor[${index}]`, reading) ?? [],
  );
  const seen = new Set<string>();
  rows.forEach(({ app, platform }, index) => {
    const key = `${platform} ${app.toLowerCase()}`;
    if (seen.has(key)) {
      const problem = { problem: `${app} is in the list already`, allowed: 'each app once', remedy: 'merge the two' };
      reading.report('same-name-twice', `enabledFor[${index}].app`, problem, { given: app });
    }
    seen.add(key);
  });
  return rows.sort((a, b) => (`${a.app} ${a.platform}` < `${b.app} ${b.platform}` ? -1 : 1));
}

function readEnablement(value: unknown, field: string, reading: Reading): Enablement | undefined {
  const record = readRecord(value, field, ['app', 'runAs', 'isDefault'], reading);
  if (!record) return undefined;
  if (record['app'] === undefined) reading.missing(`${field}.app`, APP);
  const app = readApp(record['app'], `${field}.app`, reading);
  const runAs = readUsername(record['runAs'], `${field}.runAs`, reading);
  const isDefault = readBoolean(record['isDefault'], `${field}.isDefault`, reading) ?? true;
  return app && { ...app, runAs, isDefault };
}

const APP = "the construct of a client app, or { externalClientApp: 'Name' } or { connectedApp: 'Name' }";

/** An app by its construct, or by its API name and what it is stored as. */
function readApp(value: unknown, field: string, reading: Reading): App | undefined {
  if (value === undefined) return undefined;
  if (isAppConstruct(value)) return { app: value.apiName, platform: value.platform };
  const names = isPlainObject(value) ? Object.keys(value).filter((name) => value[name] !== undefined) : [];
  const [member = ''] = names;
  const name = isPlainObject(value) ? value[member] : undefined;
  const platform = PLATFORMS[member];
  if (names.length !== 1 || platform === undefined || typeof name !== 'string') {
    reading.wrongType(field, value, APP);
    return undefined;
  }
  return checked(name, platform, field, reading);
}

const PLATFORMS: Readonly<Record<string, Enablement['platform'] | undefined>> = {
  externalClientApp: 'external-client-app',
  connectedApp: 'connected-app',
};

function checked(app: string, platform: Enablement['platform'], field: string, reading: Reading): App {
  const problem = apiNameProblem(app, true);
  if (problem) reading.report('invalid-api-name', field, { ...problem, remedy: 'give the API name' }, { given: app });
  return { app, platform };
}

/** API names of the Connected Apps that a custom scope is assigned to, sorted; undefined where nothing is stated. */
export function readConnectedApps(value: unknown, reading: Reading): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const allowed = 'a list of API names or constructs of Connected Apps';
  if (!Array.isArray(value)) {
    reading.wrongType('connectedApps', value, allowed);
    return [];
  }
  const names = [...(value as readonly unknown[])].flatMap((element, index) => {
    const field = `connectedApps[${index}]`;
    if (typeof element === 'string') return [checked(element, 'connected-app', field, reading).app];
    if (isAppConstruct(element) && element.platform === 'connected-app') return [element.apiName];
    if (isAppConstruct(element)) {
      reading.report('not-a-connected-app', field, {
        problem: `${element.apiName} is an External Client App, which names its scopes itself`,
        allowed,
        remedy: 'list the scope in customScopes of the app instead',
      });
    } else reading.wrongType(field, element, allowed);
    return [];
  });
  return [...new Set(names)].sort();
}
