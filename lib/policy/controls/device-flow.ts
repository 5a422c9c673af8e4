import { ALL_KINDS, fail, pass, theme, twins } from '../define';
import { band } from '../severity';
import { WHO_APPROVES } from './permitted-users';

/** The device flow. */
const deviceFlow = theme({
  kinds: ALL_KINDS,
  reads: ['deviceFlow'],
  risk: 'The user types a code on one device and thereby lets in another device that they cannot see.',
  threat:
    'An attacker starts the flow, sends the code to a user with a plausible story, and receives the token when the user types it.',
  conditions: WHO_APPROVES,
  considerations: {
    risk: 'It is worst where every user can approve the app, because anyone in the org can be sent a code; attackers have used exactly this against Salesforce users.',
    business: 'Devices without a browser can no longer log in. Give them a loopback login, or their own machine login.',
  },
  judge: ({ deviceFlow: enabled }) =>
    enabled === true
      ? fail('The device flow is on: a user can be tricked into approving a code that someone else requested.')
      : pass('The device flow is off.'),
});

export const controls = twins(
  deviceFlow,
  {
    title: 'The device flow is off',
    finding: 'The device flow is on',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-DEVICE-FLOW',
      recommended: 'Keep the device flow off unless the client runs on a device without a keyboard.',
      cvss: band('high', 'ours'),
      remedy: {
        code: 'remove the option deviceFlow: the flow is off by default',
        setup:
          'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable Device Flow: off',
      },
      source: 'RFC 8628 section 5.4; Salesforce publishes the same control for Connected Apps only',
    },
    'connected-app': {
      id: 'SFCA-CA-DEVICE-FLOW',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable for Device Flow - Deselected',
      recommended: 'Keep the device flow off.',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP, apiVersion 68): the flow is off by default',
        setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable for Device Flow: off',
      },
      source:
        'Salesforce Help, Security Health Review: API: Enable for Device Flow - Deselected. Metadata shows the field from API 68 on',
    },
  },
);
