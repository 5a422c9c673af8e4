import { appControl } from '../define';
import { band } from '../severity';
import { deviceFlow } from '../themes/device-flow';

export const control = appControl({
  ...deviceFlow,
  id: 'SFCA-CA-DEVICE-FLOW',
  title: 'The device flow is off',
  finding: 'The device flow is on',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable for Device Flow - Deselected',
  appliesTo: ['connected-app'],
  recommended: 'Keep the device flow off.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP, apiVersion 68): the flow is off by default',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable for Device Flow: off',
  },
  source:
    'Salesforce Help, Security Health Review: API: Enable for Device Flow - Deselected. Metadata shows the field from API 68 on',
  exemptable: true,
});
