import { ALL_KINDS, appControl, fail, lowRisk, notApplicable, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-CA-SAML',
  title: 'SAML is signed with SHA-256 and encrypted',
  finding: 'SAML is signed or encrypted with a weak algorithm',
  salesforceControl: 'Connected Apps: Web App Settings: After Enabling SAML, Configure the Required Policies',
  appliesTo: ['connected-app'],
  kinds: ALL_KINDS,
  recommended: 'Sign with SHA-256, encrypt assertions with AES, and keep them short-lived.',
  risk: 'An assertion that can be forged or read is a login for somebody else.',
  threat: 'A weak signature is forged, and the forged assertion logs an attacker in as any user of the service.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'nothing in code: this library does not declare SAML',
    setup: 'Setup > App Manager > (app) > Edit > Web App Settings',
  },
  source:
    'Salesforce Help, Security Health Review: Web App Settings: After enabling SAML, configure the required policies',
  exemptable: true,
  concern: 'plugin',
  reads: ['saml'],
  judge: ({ saml }) => {
    if (saml === undefined) return notApplicable('The app has no SAML settings.');
    if (saml.signingAlgorithm !== 'SHA256') {
      return fail(`Assertions are signed with ${saml.signingAlgorithm ?? 'the default algorithm'}, not with SHA256.`);
    }
    if (saml.encryptionType === 'Triple_Des') return fail('Assertions are encrypted with Triple DES.');
    return saml.encryptsAssertions
      ? pass('Assertions are signed with SHA256 and encrypted.')
      : lowRisk('Assertions are signed with SHA256, but not encrypted.');
  },
});
