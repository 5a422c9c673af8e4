import { isScopeConstruct } from '../declaration/options/references';
import { Scope } from '../declaration/options/scope';
import { readTexts } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { findScope, intendedScope, scopesOf } from '../declaration/scope-tokens';
import { nearest } from '../values/nearest';
import { call, type Expression, list, literal } from './expression';
import { EVERY_KIND, option, optional } from './option';
import { ifStated, stated } from './owned';
import { constantsOf, listOf, type Live, someTexts, statesCertificate } from './recall';
import { SETTINGS } from './settings';
import { setOf, texts as textSet } from './shape';
import { scope } from './shapes';

/** Tokens as External Client Apps have them, sorted, without duplicates or synonyms. */
export const scopes = option({
  name: 'scopes',
  kinds: EVERY_KIND,
  shape: setOf(scope),
  read: (given, reading) => {
    const tokens = readScopes(given, reading);
    // The JWT bearer flow asks for the scope although it never issues a refresh token.
    const withCertificate = reading.kind === 'machine' && reading.props['certificate'] !== undefined;
    return { scopes: withCertificate ? [...new Set([...tokens, 'RefreshToken'])].sort() : tokens };
  },
  fields: [
    {
      ...SETTINGS.scopes,
      value: (app) => stated(app.scopes),
    },
  ],
  recall: recallScopes,
});

/** The scope that a certificate brings along is not stated beside others. */
function recallScopes(live: Live): Expression | undefined {
  const tokens = listOf(live.value(SETTINGS.scopes));
  const brought = live.kind === 'machine' && statesCertificate(live) && tokens.length > 1;
  const stated = brought ? tokens.filter((token) => token !== 'RefreshToken') : tokens;
  return stated.length === 0 ? undefined : list(stated.map((token) => scopeNamed(token, live)));
}

/** By its constant, where the types let the platform have it. */
function scopeNamed(token: string, { platform }: Live): Expression {
  const elsewhere = platform === 'connected-app' ? 'MCP' : 'UserRegistration';
  const found = constantsOf(Scope, (value): value is Scope => Scope.is(value)).find(
    ([, { token: own }]) => own === token,
  );
  if (!found || token === elsewhere) return call({ Scope }, 'of', literal(token));
  return { is: 'name', name: `Scope.${found[0]}`, value: found[1] };
}

function readScopes(value: unknown, reading: Reading): readonly string[] {
  const allowed = 'a list of scopes such as [Scope.API], at least one';
  if (value === undefined) reading.missing('scopes', allowed);
  else if (!Array.isArray(value) || value.length === 0) reading.wrongType('scopes', value, allowed);
  if (!Array.isArray(value)) return [];
  const tokens = [...(value as readonly unknown[])].flatMap(
    (element, index) => readScope(element, `scopes[${index}]`, reading) ?? [],
  );
  return [...new Set(tokens)].sort();
}

function readScope(element: unknown, field: string, reading: Reading): string | undefined {
  // Untyped programs may write the token itself.
  const text = Scope.is(element) ? element.token : element;
  if (typeof text !== 'string') {
    reading.wrongType(field, element, 'a scope such as Scope.API');
    return undefined;
  }
  const known = findScope(text, reading.platform);
  const valid = scopesOf(reading.platform).map(({ token }) => token);
  if (!known) {
    const guess = intendedScope(text) ?? nearest(text, valid);
    const remedy = guess === undefined ? 'choose a scope from the list' : `did you mean ${guess}?`;
    const problem = { problem: `there is no scope ${JSON.stringify(text)}`, allowed: valid.join(', '), remedy };
    reading.report('unknown-scope', field, problem, { given: text });
    return undefined;
  }
  if (known.since > reading.context.apiVersion) {
    const { apiVersion } = reading.context;
    const facts = { what: `the scope ${text}`, since: known.since, apiVersion, option: 'the scope' };
    reading.found('needs-newer-api-version', { field }, facts);
  }
  return text;
}

/** Names of OauthCustomScope components, sorted. */
export const customScopes = option({
  name: 'customScopes',
  kinds: EVERY_KIND,
  shape: textSet,
  notOnConnectedApps: [
    { because: 'custom scopes name their Connected Apps, not the other way round', remedy: 'add the app to the scope' },
  ],
  read: (given, reading) => optional('customScopes', readCustomScopes(given, 'customScopes', reading)),
  fields: [{ ...SETTINGS.customScopes, value: (app) => ifStated(app.customScopes) }],
  recall: (live) => someTexts(live.own(SETTINGS.customScopes)),
});

/** Names of OAuth custom scopes, sorted. */
export function readCustomScopes(value: unknown, field: string, reading: Reading): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const given = Array.isArray(value) ? (value as readonly unknown[]).map(nameOfScope) : value;
  const names = [...readTexts(given, field, reading, 'names of custom scopes')].sort();
  names.forEach((name, index) => {
    if (/^[A-Za-z]\w*$/.test(name)) return;
    const allowed = 'the name of an OAuth custom scope: a letter first, then letters, digits and underscores';
    const problem = { problem: 'this is not a name of a custom scope', allowed, remedy: 'give the developer name' };
    reading.report('invalid-custom-scope', `${field}[${index}]`, problem, { given: name });
  });
  return names;
}

const nameOfScope = (value: unknown): unknown => (isScopeConstruct(value) ? value.apiName : value);
