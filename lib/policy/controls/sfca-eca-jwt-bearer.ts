import { appControl } from '../define';
import { band } from '../severity';
import { jwtBearer } from '../themes/jwt-bearer';

export const control = appControl({
  ...jwtBearer,
  id: 'SFCA-ECA-JWT-BEARER',
  title: 'Machines sign in by the JWT bearer flow',
  finding: 'The machine has no certificate to sign in with',
  salesforceControl: 'External Client Apps: OAuth Flow Enablement: Enable JWT Bearer Flow',
  appliesTo: ['external-client-app'],
  recommended: 'Enable the JWT bearer flow for clients without a user: upload the certificate they sign with.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'add certificate: Certificate.fromFile(…) to the MachineApp',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable JWT Bearer Flow: on, and upload the certificate',
  },
  source: 'Salesforce Help, Security Health Review: OAuth Flow Enablement: Enable JWT Bearer Flow',
  exemptable: true,
});
