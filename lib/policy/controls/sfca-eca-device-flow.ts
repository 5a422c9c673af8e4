import { appControl } from '../define';
import { band } from '../severity';
import { deviceFlow } from '../themes/device-flow';

export const control = appControl({
  ...deviceFlow,
  id: 'SFCA-ECA-DEVICE-FLOW',
  title: 'The device flow is off',
  finding: 'The device flow is on',
  appliesTo: ['external-client-app'],
  recommended: 'Keep the device flow off unless the client runs on a device without a keyboard.',
  cvss: band('high', 'ours'),
  remedy: {
    code: 'remove the option deviceFlow: the flow is off by default',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable Device Flow: off',
  },
  source: 'RFC 8628 section 5.4; Salesforce publishes the same control for Connected Apps only',
  exemptable: true,
});
