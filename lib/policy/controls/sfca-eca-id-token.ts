import { appControl } from '../define';
import { band } from '../severity';
import { idToken } from '../themes/id-token';

export const control = appControl({
  ...idToken,
  id: 'SFCA-ECA-ID-TOKEN',
  title: 'ID tokens are short-lived and carry identity only',
  finding: 'ID tokens live too long',
  salesforceControl: 'External Client Apps: Configure the External Client App OAuth Settings: Configure ID Token',
  appliesTo: ['external-client-app'],
  recommended:
    'Let ID tokens live for 2 minutes, name further audiences only where they are needed, and decide which claims, attributes and permissions they carry.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'remove validity from idToken: 2 minutes are the default; remove what it includes beyond identity',
    setup: 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Configure ID Token',
  },
  source:
    'Salesforce Help, Security Health Review: Configure the External Client App OAuth Settings: Configure ID Token',
  exemptable: true,
});
