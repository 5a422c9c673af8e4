import { byDefault } from '../declaration/setting';
import { option } from './option';
import { owned } from './owned';
import { SETTINGS } from './settings';

// What follows from the kind alone: no author may state it.

export const requireSecretForWebServerFlow = option({
  name: 'requireSecretForWebServerFlow',
  kinds: [],
  default: {
    what: 'requireSecretForWebServerFlow',
    value: { private: true, public: false, machine: true },
    reason:
      'A server can keep a secret, so anyone who redeems a code must show it. A secret inside an app on a device is ' +
      'public knowledge: demanding it would only suggest a protection that is not there.',
    source: 'RFC 6749 section 2.1; RFC 8252 section 8.5',
  },
  notRecalled: 'the kind of client decides it',
  read: (_, __, secure) => ({ requireSecretForWebServerFlow: byDefault(secure) }),
  fields: [
    {
      ...SETTINGS.secretInWebServerFlow,
      // Salesforce stores the opposite.
      value: ({ requireSecretForWebServerFlow: secret }) => owned(secret, !secret.value),
    },
  ],
});

export const requireSecretForRefreshTokenFlow = option({
  name: 'requireSecretForRefreshTokenFlow',
  kinds: [],
  default: {
    what: 'requireSecretForRefreshTokenFlow',
    value: { private: true, public: false, machine: true },
    reason: 'A stolen refresh token alone must not be worth anything where the client can keep a secret.',
    source: 'RFC 6749 section 6; RFC 9700 section 2.2.2',
  },
  notRecalled: 'the kind of client decides it',
  read: (_, __, secure) => ({ requireSecretForRefreshTokenFlow: byDefault(secure) }),
  fields: [
    {
      ...SETTINGS.secretInRefreshFlow,
      value: ({ requireSecretForRefreshTokenFlow: secret }) => owned(secret, secret.value),
    },
  ],
});
