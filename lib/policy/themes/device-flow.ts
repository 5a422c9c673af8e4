import { ALL_KINDS, fail, pass, theme } from '../define';
import { WHO_APPROVES } from './permitted-users';

/** The device flow. */
export const deviceFlow = theme({
  kinds: ALL_KINDS,
  reads: ['deviceFlow'],
  risk: 'The user types a code on one device and lets in another one that they cannot see.',
  threat:
    'An attacker starts the flow, sends the code to a user with a plausible story, and receives the token when the user types it.',
  conditions: WHO_APPROVES,
  considerations: {
    risk: 'It is worst where every user may approve the app, because anyone in the org can be sent a code; attackers have used exactly this against Salesforce users.',
    business:
      'Devices without a browser cannot log in any more. Give them a loopback login, or a machine login of their own.',
  },
  judge: ({ deviceFlow: enabled }) =>
    enabled === true
      ? fail('The device flow is on: a user can be talked into approving a code that somebody else started.')
      : pass('The device flow is off.'),
});
