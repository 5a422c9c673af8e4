import { fail, lowers, pass, raises, theme, twins } from '../define';
import { known } from '../reading';
import { band } from '../severity';

/** The certificate that opens the JWT bearer flow. */
const jwtBearer = theme({
  kinds: ['machine'],
  reads: ['certificate'],
  contradiction:
    'The article requires it on every app. A certificate signs in a machine without a user; on an app that people log in ' +
    'through it would open a second door that no one needs. This control therefore checks only machine clients.',
  risk: 'Without a certificate the machine has to prove itself with a shared secret, which can be copied without a trace.',
  threat:
    'The secret of a nightly job is read from its environment and used from elsewhere; a private key in a key store is not.',
  conditions: [
    raises('the client credentials flow is on', ({ app }) =>
      known(app.fields.clientCredentialsPolicy, (enabled) => enabled === true),
    ),
    lowers('the client credentials flow is off, so the machine has no way to sign in at all', ({ app }) =>
      known(app.fields.clientCredentialsPolicy, (enabled) => enabled !== true),
    ),
  ],
  considerations: {
    risk: 'It is worst where the client credentials flow is on instead, because a secret can be copied without a trace.',
    business:
      'The client has to sign its own requests with a private key, and someone has to replace the certificate before it expires.',
  },
  judge: ({ certificate }) =>
    certificate === undefined
      ? fail('The app has no certificate, so this machine cannot use the JWT bearer flow.')
      : pass('The app has a certificate: the machine signs in with its private key.'),
});

export const controls = twins(
  jwtBearer,
  {
    title: 'Machines sign in with the JWT bearer flow',
    finding: 'The machine has no certificate to sign in with',
    cvss: band('high', 'salesforce'),
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-JWT-BEARER',
      salesforceControl: 'External Client Apps: OAuth Flow Enablement: Enable JWT Bearer Flow',
      recommended: 'Enable the JWT bearer flow for clients without a user: upload the certificate they sign with.',
      remedy: {
        code: 'add certificate: Certificate.fromFile(…) to the MachineApp',
        setup:
          'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable JWT Bearer Flow: on, and upload the certificate',
      },
      source: 'Salesforce Help, Security Health Review: OAuth Flow Enablement: Enable JWT Bearer Flow',
    },
    'connected-app': {
      id: 'SFCA-CA-DIGITAL-SIGNATURES',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Use Digital Signatures - Selected',
      recommended: 'Use digital signatures for clients without a user: upload the certificate they sign with.',
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): MachineApp with certificate: Certificate.fromFile(…)',
        setup:
          'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Use digital signatures: on, and upload the certificate',
      },
      source: 'Salesforce Help, Security Health Review: API: Use Digital Signatures - Selected',
    },
  },
);
