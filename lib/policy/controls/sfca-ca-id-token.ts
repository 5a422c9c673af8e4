import { appControl } from '../define';
import { band } from '../severity';
import { idToken } from '../themes/id-token';

export const control = appControl({
  ...idToken,
  id: 'SFCA-CA-ID-TOKEN',
  title: 'ID tokens are short-lived and carry identity only',
  finding: 'ID tokens live too long',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Configure ID Token',
  appliesTo: ['connected-app'],
  recommended:
    'Let ID tokens live for 2 minutes, name further audiences only where they are needed, and decide which claims, attributes and permissions they carry.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): ID tokens live for 2 minutes by default',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Configure ID Token',
  },
  source: 'Salesforce Help, Security Health Review: API: Configure ID token',
  exemptable: true,
});
