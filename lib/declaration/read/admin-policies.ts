import type { AdminPolicies } from '../client-app';
import { isScopeConstruct } from '../options/references';
import type { Reading } from '../reading';
import { readCustomAttributes } from './policies';
import { readHttpsUrl, readRecord, readTexts } from './values';

/** What admins lay down; a machine has no user who could log out. */
export function readAdminPolicies(value: unknown, reading: Reading): AdminPolicies | undefined {
  if (value === undefined) return undefined;
  const withUsers = reading.kind === 'machine' ? [] : ['singleLogoutUrl'];
  const record = readRecord(value, 'adminPolicies', ['customScopes', 'customAttributes', ...withUsers], reading);
  if (!record) return undefined;
  const customScopes = readCustomScopes(record['customScopes'], 'adminPolicies.customScopes', reading);
  const customAttributes = readCustomAttributes(record['customAttributes'], reading, 'adminPolicies.customAttributes');
  const singleLogoutUrl = readHttpsUrl(record['singleLogoutUrl'], 'adminPolicies.singleLogoutUrl', reading);
  if (customScopes === undefined && customAttributes === undefined && singleLogoutUrl === undefined) return undefined;
  return {
    ...(customScopes && { customScopes }),
    ...(customAttributes && { customAttributes }),
    ...(singleLogoutUrl !== undefined && { singleLogoutUrl }),
  };
}

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
