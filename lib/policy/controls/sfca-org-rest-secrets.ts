import { fail, lowers, orgControl, pass, raises, unknowable } from '../define';
import { band } from '../severity';

export const control = orgControl({
  id: 'SFCA-ORG-REST-SECRETS',
  title: 'The REST API gives out no consumer secrets',
  finding: 'The REST API gives out consumer secrets',
  salesforceControl: 'External Client App Settings: REST API Secret Masking',
  recommended: 'Keep access to consumer secrets via REST API off.',
  risk: 'A session with the right permissions can read the secrets of all apps in one go.',
  threat: "An administrator's token is stolen, and a script collects every secret before anyone notices.",
  cvss: band('high', 'ours'),
  conditions: [
    raises('many integrations have broad access to the REST API', unknowable),
    lowers('API access is limited to known addresses and sessions are short', unknowable),
  ],
  remedy: {
    code: 'declare oauthSettings({ allowSecretsViaRestApi: false }); a rotation needs it on only for its own duration',
    setup:
      'Setup > External Client App Settings > Allow access to External Client App consumer secrets via REST API: off',
  },
  source:
    'Salesforce Help, Security Health Review: External Client App Settings: REST API Secret Masking (no range published)',
  considerations: {
    risk: 'A stolen administrator session reads all secrets at once, while otherwise the thief would have to rotate them one by one and be noticed.',
    business:
      'Scripts that read secrets through the REST API stop working; a rotation needs the setting on for its own duration.',
  },
  exemptable: true,
  reads: ['secretsViaRestApi'],
  judge: ({ secretsViaRestApi }) =>
    secretsViaRestApi === true
      ? fail('The REST API gives out consumer secrets.')
      : pass('The REST API gives out no consumer secrets.'),
});
