import { asSentence } from '../../lib/values/sentence';

describe('a reason that stands beside other reasons', () => {
  it('ends as a sentence, once', () => {
    expect(asSentence('no OAuth settings were read')).toBe('no OAuth settings were read.');
    expect(asSentence('Is it read?')).toBe('Is it read?');
  });
});
