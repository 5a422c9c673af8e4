import type { AdminPolicies } from '../declaration/client-app';
import { readHttpsUrl, readRecord } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { attributeRows, readCustomAttributes, recallAttributes } from './custom-attributes';
import { EVERY_KIND, option, optional, WITH_USERS } from './option';
import { ifStated } from './owned';
import { scalar, some, someTexts } from './recall';
import { readCustomScopes } from './scopes';
import { SETTINGS } from './settings';
import { object, text, texts, textsByKey } from './shape';

/** What the admins of this org lay down besides the settings of the app, each field on its own. */
export const adminPolicies = option({
  name: 'adminPolicies',
  kinds: EVERY_KIND,
  shape: object([
    { name: 'customScopes', shape: texts },
    { name: 'customAttributes', shape: textsByKey },
    { name: 'singleLogoutUrl', shape: text, kinds: WITH_USERS },
  ]),
  notOnConnectedApps: [
    {
      member: 'customScopes',
      because: 'its admins have no list of custom scopes',
      remedy: 'add the app to the custom scope',
    },
    {
      member: 'customAttributes',
      because: 'it has one list of attributes',
      remedy: 'state them as customAttributes',
    },
  ],
  read: (given, reading) => optional('adminPolicies', readAdminPolicies(given, reading)),
  fields: [
    {
      ...SETTINGS.adminCustomScopes,
      path: 'customScopes',
      value: (app) => ifStated(app.adminPolicies?.customScopes),
    },
    {
      ...SETTINGS.adminCustomAttributes,
      path: 'customAttributes',
      value: (app) => ifStated(attributeRows(app.adminPolicies?.customAttributes)),
    },
    {
      ...SETTINGS.adminSingleLogoutUrl,
      path: 'singleLogoutUrl',
      value: (app) => ifStated(app.adminPolicies?.singleLogoutUrl),
    },
  ],
  recall: (live) =>
    some({
      customScopes: someTexts(live.own(SETTINGS.adminCustomScopes)),
      customAttributes: recallAttributes(live.own(SETTINGS.adminCustomAttributes)),
      singleLogoutUrl: live.kind === 'machine' ? undefined : scalar(live.own(SETTINGS.adminSingleLogoutUrl)),
    }),
});

/** A machine has no user who could log out. */
function readAdminPolicies(value: unknown, reading: Reading): AdminPolicies | undefined {
  if (value === undefined) return undefined;
  const withUsers = reading.kind === 'machine' ? [] : ['singleLogoutUrl'];
  const record = readRecord(value, 'adminPolicies', ['customScopes', 'customAttributes', ...withUsers], reading);
  if (!record) return undefined;
  const field = (member: string) => `adminPolicies.${member}`;
  const found = {
    ...optional('customScopes', readCustomScopes(record['customScopes'], field('customScopes'), reading)),
    ...optional(
      'customAttributes',
      readCustomAttributes(record['customAttributes'], field('customAttributes'), reading),
    ),
    ...optional('singleLogoutUrl', readHttpsUrl(record['singleLogoutUrl'], field('singleLogoutUrl'), reading)),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}
