import { fieldOf } from '../../lib/metadata/fields';
import { effectOf, impactOf } from '../../lib/plan/effect';

const field = fieldOf('ConnectedApp', 'oauthPolicy.refreshTokenPolicy');

describe('of a refresh token policy in one text', () => {
  it.each([
    ['infinite', 'specific_inactivity:30:DAYS', 'narrows'],
    [undefined, 'specific_inactivity:30:DAYS', 'narrows'],
    ['specific_lifetime:24:HOURS', 'specific_lifetime:1:DAYS', 'neutral'],
    ['specific_lifetime:1:DAYS', 'specific_lifetime:1:MONTHS', 'widens'],
    ['zero', 'specific_lifetime:1:HOURS', 'widens'],
    ['in words nobody knows', 'zero', 'narrows'],
  ] as const)('%s to %s is judged by how long a token lives: %s', (before, after, effect) => {
    const record = (value: string | undefined) => ({
      type: 'ConnectedApp',
      fields: value === undefined ? {} : { [field.name]: value },
    });
    const transition = { field, before, after, recordBefore: record(before), recordAfter: record(after) };
    expect(effectOf(transition)).toBe(effect);
    expect(impactOf(transition, effect).level).toBe(effect === 'narrows' ? 'reauthorize' : 'none');
  });
});
