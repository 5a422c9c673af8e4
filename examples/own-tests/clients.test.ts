/** A project with tests of its own: of what it declares, of what its apps refuse, and of its own client. */
import { App } from 'cdktf';
import { attack } from 'cdktf-salesforce-client-apps/testing';

import { declareClients } from './clients';

const { org, portal, fieldApp } = declareClients(new App());

test('both apps are declared as they were agreed on', () => {
  expect(org).toDeclareClientApp('FieldApp', { kind: 'public', settings: { pkceRequired: true } });
  expect(portal).toDeclareClientApp('Portal', {
    kind: 'private',
    settings: { scopes: ['Api', 'RefreshToken'], permissionSets: ['Portal_Users'], secretInRefreshFlow: true },
  });
});

test('every app rotates its refresh tokens', () => {
  expect(org).toPassControl('SFCA-ECA-ROTATION');
});

test('the field app refuses a login without PKCE, and every other attack', async () => {
  await expect(fieldApp).toRefuse('login-without-challenge');
  await expect(fieldApp).toRefuse();
});

test('the portal grants what its client needs', async () => {
  const { results } = await attack(portal);
  expect(results.filter(({ outcome }) => outcome === 'violated')).toEqual([]);
});
