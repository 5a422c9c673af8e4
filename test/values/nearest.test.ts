import { nearest } from '../../lib/values/nearest';

describe('the nearest of several names', () => {
  it.each([
    ['prdo', 'prod'],
    ['Portl', 'Portal'],
    ['call-back-urls', 'callbackUrls'],
    ['PROD', 'prod'],
  ])('%s: %s', (typed, meant) => {
    expect(nearest(typed, ['uat', 'prod', 'Portal', 'callbackUrls'])).toBe(meant);
  });

  it('is none where every name is another word', () => {
    expect(nearest('billing', ['uat', 'prod', 'Portal'])).toBeUndefined();
  });
});
