import { findScope } from '../../../lib/declaration/scope-tokens';
import { schemaOf } from '../../../lib/emulator/schema/schema';
import { IP_RELAXATION, ipRelaxationPolicy } from '../../../lib/options/other-words';
import { connectedAppScope, externalClientAppScope } from '../../../lib/options/other-words';
import { packRefreshTokenPolicy, unpackRefreshTokenPolicy } from '../../../lib/options/refresh-token-policy';

describe('a refresh token policy', () => {
  it.each([
    ['infinite', { type: 'Infinite' }],
    ['zero', { type: 'Zero' }],
    ['specific_lifetime:30:DAYS', { type: 'SpecificLifetime', period: 30, unit: 'Days' }],
    ['specific_inactivity:7:HOURS', { type: 'SpecificInactivity', period: 7, unit: 'Hours' }],
    ['specific_lifetime:12:MONTHS', { type: 'SpecificLifetime', period: 12, unit: 'Months' }],
  ] as const)('%s is one text, and comes back from it', (text, policy) => {
    expect(packRefreshTokenPolicy(policy)).toBe(text);
    expect(unpackRefreshTokenPolicy(text)).toEqual(policy);
  });

  it('is not guessed from what is none', () => {
    for (const text of ['', 'forever', 'specific_lifetime', 'specific_lifetime:x:DAYS', 'specific_lifetime:1:WEEKS']) {
      expect(unpackRefreshTokenPolicy(text)).toBeUndefined();
    }
  });
});

describe('the words of Connected Apps', () => {
  it('have a scope in the enumeration of Salesforce’s schema for every scope that may be declared', () => {
    const synonyms = ['OfflineAccess', 'Profile', 'Email', 'Address', 'Phone'];
    const literals = schemaOf('ConnectedAppOauthAccessScope')?.literals ?? [];
    for (const { value, since } of literals) {
      if (synonyms.includes(value)) continue;
      const known = findScope(externalClientAppScope(value), 'connected-app');
      expect([value, known && connectedAppScope(known.token)]).toEqual([value, value]);
      if (since > 60) expect([value, known?.since]).toEqual([value, since]);
    }
  });

  it('have one for every IP relaxation', () => {
    for (const [policy, word] of Object.entries(IP_RELAXATION)) expect(ipRelaxationPolicy(word)).toBe(policy);
    expect(ipRelaxationPolicy('Enforce')).toBeUndefined();
  });
});
