import { appControl } from '../define';
import { band } from '../severity';
import { jwtBearer } from '../themes/jwt-bearer';

export const control = appControl({
  ...jwtBearer,
  id: 'SFCA-CA-DIGITAL-SIGNATURES',
  title: 'Machines sign in by the JWT bearer flow',
  finding: 'The machine has no certificate to sign in with',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Use Digital Signatures - Selected',
  appliesTo: ['connected-app'],
  recommended: 'Use digital signatures for clients without a user: upload the certificate they sign with.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): MachineApp with certificate: Certificate.fromFile(…)',
    setup:
      'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Use digital signatures: on, and upload the certificate',
  },
  source: 'Salesforce Help, Security Health Review: API: Use Digital Signatures - Selected',
  exemptable: true,
});
