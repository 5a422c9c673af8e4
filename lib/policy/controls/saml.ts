import { ALL_KINDS, fail, lowRisk, notApplicable, notEvaluated, pass, theme, twins } from '../define';
import { band } from '../severity';

/** How assertions are signed and encrypted; both platforms have the same settings under other names. */
const saml = theme({
  kinds: ALL_KINDS,
  concern: 'plugin',
  reads: ['saml'],
  risk: 'An assertion that can be forged or read is a login for someone else.',
  threat: 'A weak signature is forged, and the forged assertion logs an attacker in as any user of the service.',
  considerations: {
    risk: 'It depends on how many users log in to the other service through this org; SHA-1 and Triple DES have been broken in practice for other uses.',
    business:
      'The other service has to accept the new algorithm, or the encrypted assertion, from the moment of the change.',
  },
  judge: ({ saml: settings }) => {
    if (settings === undefined) return notApplicable('The app has no SAML settings.');
    const { signingAlgorithm, encryptionType, encryptsAssertions } = settings;
    if (encryptionType === 'Triple_Des') return fail('Assertions are encrypted with Triple DES.');
    if (signingAlgorithm === undefined) return notEvaluated('The signing algorithm is not given.');
    if (signingAlgorithm !== 'SHA256') return fail(`Assertions are signed with ${signingAlgorithm}, not with SHA256.`);
    return encryptsAssertions
      ? pass('Assertions are signed with SHA256 and encrypted.')
      : lowRisk('Assertions are signed with SHA256, but not encrypted.');
  },
});

export const controls = twins(
  saml,
  {
    title: 'SAML is signed with SHA-256 and encrypted',
    finding: 'SAML is signed or encrypted with a weak algorithm',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-SAML',
      recommended: 'Sign with SHA-256, encrypt assertions, and configure single logout.',
      cvss: band('medium', 'ours'),
      remedy: {
        code: 'nothing in code yet: this library does not change the plugin',
        setup: 'Setup > External Client App Manager > (app) > Policies > SAML',
      },
      source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
    },
    'connected-app': {
      id: 'SFCA-CA-SAML',
      salesforceControl: 'Connected Apps: Web App Settings: After Enabling SAML, Configure the Required Policies',
      recommended: 'Sign with SHA-256, encrypt assertions with AES, and keep them short-lived.',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'nothing in code: this library does not declare SAML',
        setup: 'Setup > App Manager > (app) > Edit > Web App Settings',
      },
      source:
        'Salesforce Help, Security Health Review: Web App Settings: After enabling SAML, configure the required policies',
    },
  },
);
