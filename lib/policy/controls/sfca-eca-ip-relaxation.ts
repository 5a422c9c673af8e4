import { appControl } from '../define';
import { ipRelaxation } from '../themes/ip-relaxation';

export const control = appControl({
  ...ipRelaxation,
  id: 'SFCA-ECA-IP-RELAXATION',
  title: 'Login IP ranges hold for the app',
  finding: 'Login IP ranges do not hold for the app',
  appliesTo: ['external-client-app'],
  recommended: 'Enforce the login IP ranges of profiles.',
  cvss: { from: 6, to: 8.5, by: 'ours' },
  remedy: {
    code: 'remove the option ipRelaxation: IpRelaxation.ENFORCE is the default',
    setup:
      'Setup > External Client App Manager > (app) > Policies > OAuth Policies > IP Relaxation: Enforce IP restrictions',
  },
  source:
    'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement; the control is published for Connected Apps only, its range is taken from there',
  exemptable: true,
});
