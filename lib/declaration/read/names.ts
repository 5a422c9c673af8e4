import { apiNameProblem } from '../../values/api-name';
import { callbackUrlListProblem, callbackUrlProblem, type CallbackAudience } from '../../values/callback-url';
import { nearest } from '../../values/nearest';
import { isTerraformToken } from '../../values/text';
import { latenessOf } from '../late';
import type { PermittedUsersPolicy } from '../client-app';
import { PermittedUsers } from '../options/permitted-users';
import { Scope } from '../options/scope';
import type { Reading } from '../reading';
import { findScope, intendedScope, scopesOf } from '../scope-tokens';
import { readRecord, readTexts } from './values';

/** The API name: stated, or the construct id word for word. */
export function readApiName(value: unknown, adopt: boolean, reading: Reading): string {
  if (value !== undefined && typeof value !== 'string') {
    reading.wrongType('apiName', value, 'a name');
    return '';
  }
  if (latenessOf(value, 'apiName', reading) !== 'known') return '';
  const name = value ?? reading.context.id;
  // A Connected App exists already, perhaps under a longer name.
  const problem = apiNameProblem(name, adopt || reading.platform === 'connected-app');
  if (problem) reading.report('invalid-api-name', 'apiName', problem, { given: name });
  return name;
}

/** The callback URLs, each checked, then the list as a whole. */
export function readCallbackUrls(value: unknown, audience: CallbackAudience, reading: Reading): readonly string[] {
  return reading.perOrg(value, 'callbackUrls', (one) => readUrls(one, audience, reading)) ?? [];
}

function readUrls(value: unknown, audience: CallbackAudience, reading: Reading): readonly string[] {
  const allowed = 'callback URLs, at least one';
  if (value === undefined) {
    reading.missing('callbackUrls', allowed);
    return [];
  }
  if (!Array.isArray(value) || value.length === 0) {
    reading.wrongType('callbackUrls', value, `a list of ${allowed}`);
    return [];
  }
  const urls: string[] = [];
  // Spread, so that a hole in the list is an element like any other.
  [...(value as readonly unknown[])].forEach((url, index) => {
    const field = `callbackUrls[${index}]`;
    if (typeof url !== 'string') {
      reading.wrongType(field, url, 'a URL');
      return;
    }
    const lateness = latenessOf(url, field, reading);
    if (lateness === 'late') urls.push(url);
    if (lateness !== 'known') return;
    const problem = callbackUrlProblem(url, audience);
    const withheld = url.includes('@') ? '(withheld: may hold credentials)' : url;
    if (problem)
      reading.report('invalid-callback-url', field, problem, { given: withheld, source: 'RFC 8252; RFC 9700' });
    if (!urls.includes(url)) urls.push(url);
  });
  const tooLong = callbackUrlListProblem(urls);
  if (tooLong) reading.report('callback-urls-too-long', 'callbackUrls', tooLong);
  return urls;
}

/** Metadata tokens of the scopes, sorted, without duplicates. */
export function readScopes(value: unknown, reading: Reading): readonly string[] {
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
    reading.report('needs-newer-api-version', field, {
      problem: `the scope ${text} exists since Metadata API ${known.since}, and this org uses ${reading.context.apiVersion}`,
      allowed: `apiVersion ${known.since} or newer`,
      remedy: 'raise apiVersion of the SalesforceOrg, or remove the scope',
    });
  }
  return text;
}

const PERMISSION_SET = 'API names of permission sets';
const PROFILE = 'names of profiles';

export function readPermittedUsers(value: unknown, reading: Reading): PermittedUsersPolicy {
  const allowed = 'PermittedUsers.selfAuthorized() or PermittedUsers.preAuthorized({ permissionSets: […] })';
  if (value === undefined) reading.missing('permittedUsers', allowed);
  else if (!PermittedUsers.is(value)) reading.wrongType('permittedUsers', value, allowed);
  if (!PermittedUsers.is(value) || value.kind === 'self-authorized') return { policy: 'self-authorized' };
  const options = readRecord(value.options, 'permittedUsers', ['permissionSets', 'profiles'], reading);
  const permissionSets = readTexts(
    options?.['permissionSets'],
    'permittedUsers.permissionSets',
    reading,
    PERMISSION_SET,
  );
  permissionSets.forEach((name, index) => {
    checkPermissionSet(name, `permittedUsers.permissionSets[${index}]`, reading);
  });
  if (options?.['profiles'] === undefined)
    return { policy: 'pre-authorized', permissionSets: [...permissionSets].sort() };
  const profiles = readTexts(options['profiles'], 'permittedUsers.profiles', reading, PROFILE);
  profiles.forEach((name, index) => {
    if (!name.includes(',')) return;
    const problem = {
      problem: 'the name contains a comma',
      allowed: PROFILE,
      remedy: 'give one name per list element',
    };
    reading.report('invalid-profile', `permittedUsers.profiles[${index}]`, problem, { given: name });
  });
  return { policy: 'pre-authorized', permissionSets: [...permissionSets].sort(), profiles: [...profiles].sort() };
}

function checkPermissionSet(name: string, field: string, reading: Reading): void {
  const isId = /^0PS[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(name);
  if (isTerraformToken(name) || (!isId && /^[A-Za-z]\w{0,79}$/.test(name))) return;
  reading.report(
    'invalid-permission-set',
    field,
    {
      problem: isId ? 'this is the id of a permission set' : 'this is not the API name of a permission set',
      allowed: 'a letter first, then letters, digits and underscores; a namespace prefix if it comes from a package',
      remedy: 'give the API name from Setup, Permission Sets',
    },
    { given: name },
  );
}
