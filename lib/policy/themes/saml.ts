import { ALL_KINDS, fail, lowRisk, notApplicable, notEvaluated, pass, theme } from '../define';

/** How assertions are signed and encrypted; both platforms have the same settings under other names. */
export const saml = theme({
  kinds: ALL_KINDS,
  concern: 'plugin',
  reads: ['saml'],
  risk: 'An assertion that can be forged or read is a login for somebody else.',
  threat: 'A weak signature is forged, and the forged assertion logs an attacker in as any user of the service.',
  considerations: {
    risk: 'It depends on how many users log in to the other service through this org; SHA-1 and Triple DES have been broken in practice for other uses.',
    business:
      'The other service has to accept the new algorithm, or the encrypted assertion, at the moment of the change.',
  },
  judge: ({ saml: settings }) => {
    if (settings === undefined) return notApplicable('The app has no SAML settings.');
    const { signingAlgorithm, encryptionType, encryptsAssertions } = settings;
    if (encryptionType === 'Triple_Des') return fail('Assertions are encrypted with Triple DES.');
    if (signingAlgorithm === undefined) return notEvaluated('The signing algorithm is not stated.');
    if (signingAlgorithm !== 'SHA256') return fail(`Assertions are signed with ${signingAlgorithm}, not with SHA256.`);
    return encryptsAssertions
      ? pass('Assertions are signed with SHA256 and encrypted.')
      : lowRisk('Assertions are signed with SHA256, but not encrypted.');
  },
});
