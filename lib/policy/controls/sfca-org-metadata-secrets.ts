import { fail, lowers, orgControl, pass, raises, unknowable } from '../define';
import { band } from '../severity';

export const control = orgControl({
  id: 'SFCA-ORG-METADATA-SECRETS',
  title: 'The Metadata API gives out no consumer secrets',
  finding: 'The Metadata API gives out consumer secrets',
  salesforceControl: 'External Client App Settings: Metadata Secrets Protection',
  recommended: 'Keep access to consumer secrets via Metadata API off.',
  risk: 'Every retrieve can carry secrets into files, repositories and build servers.',
  threat: 'A retrieved file is committed with the secret inside, and the repository is public.',
  cvss: band('high', 'salesforce'),
  conditions: [
    raises('build tools retrieve metadata into environments that are less safe', unknowable),
    lowers('few trusted admins can modify all data and view setup', unknowable),
  ],
  contradiction:
    'Pages about the metadata types say that the setting is needed to deploy an app; the page about the setting calls it ' +
    'deprecated. Deploys work without it, so it stays off.',
  remedy: {
    code: 'declare oauthSettings({ allowSecretsViaMetadataApi: false })',
    setup:
      'Setup > External Client App Settings > Allow access to External Client App consumer secrets via Metadata API: off',
  },
  source: 'Salesforce Help, Security Health Review: External Client App Settings: Metadata Secrets Protection',
  considerations: {
    risk: 'It is worst where many people and build servers can retrieve metadata: every retrieve carries the secrets.',
    business: 'Scripts that read secrets through the Metadata API stop working; deploys do not need it.',
  },
  exemptable: true,
  reads: ['secretsViaMetadataApi'],
  judge: ({ secretsViaMetadataApi }) =>
    secretsViaMetadataApi === true
      ? fail('The Metadata API gives out consumer secrets.')
      : pass('The Metadata API gives out no consumer secrets.'),
});
