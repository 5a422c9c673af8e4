import { appControl } from '../define';
import { ipRelaxation } from '../themes/ip-relaxation';

export const control = appControl({
  ...ipRelaxation,
  id: 'SFCA-CA-IP-RELAXATION',
  title: 'Login IP ranges hold for the app',
  finding: 'Login IP ranges do not hold for the app',
  salesforceControl: 'Manage OAuth Access Policies for Connected Apps – IP Relaxation',
  appliesTo: ['connected-app'],
  recommended: 'Enforce the login IP ranges of profiles.',
  cvss: { from: 6, to: 8.5, by: 'salesforce' },
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): IpRelaxation.ENFORCE is the default',
    setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > IP Relaxation: Enforce IP restrictions',
  },
  source: 'Salesforce Help, Security Health Review: Manage OAuth Access Policies for a Connected App: IP Relaxation',
  exemptable: true,
});
