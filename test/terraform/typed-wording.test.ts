import { ROWS } from '../../lib/options/table';
import { inStatedWords } from '../../lib/terraform/typed/wording';
import type { Value } from '../../lib/terraform/wire/value';

const J = { reason: 'kiosks', approved_by: 'ciso@acme.example', expires: '2027-01-31', ticket: null };
const words = (option: string, then: Value, now: Value, stated: Value): Value => {
  const shape = ROWS.find(({ name }) => name === option)?.shape;
  if (!shape) throw new Error(`no option ${option}`);
  return inStatedWords(shape.type, { then, now, stated });
};

describe('an option of which the org has changed a part', () => {
  it.each<[what: string, option: string, then: Value, now: Value, stated: Value, expected: Value]>([
    [
      'keeps the words of the other parts',
      'accessTokens',
      { format: 'opaque', lifetime: '1 hour' },
      { format: 'jwt', lifetime: '1 hour' },
      { format: 'opaque', lifetime: '60 minutes' },
      { format: 'jwt', lifetime: '60 minutes' },
    ],
    [
      'keeps the reason of a switch beside its other part',
      'tokenExchange',
      { enabled: true, justification: null, require_secret: null },
      { enabled: true, justification: null, require_secret: false },
      { enabled: true, justification: J, require_secret: true },
      { enabled: true, justification: J, require_secret: false },
    ],
    [
      'is a switch in its secure position, which a reading leaves out',
      'deviceFlow',
      { enabled: true, justification: null },
      null,
      { enabled: true, justification: J },
      { enabled: false, justification: J },
    ],
    [
      'is a switch inside an option, too',
      'codeAndCredentials',
      { post_body_only: { required: false, justification: null }, guest: null },
      { post_body_only: null, guest: null },
      { post_body_only: { required: false, justification: J }, guest: null },
      { post_body_only: { required: true, justification: J }, guest: null },
    ],
    [
      'has the keys that the org has',
      'customAttributes',
      { country: 'User.Country', user: 'User.Id' },
      { country: 'User.Country' },
      { country: 'User.Country', user: 'User.Id' },
      { country: 'User.Country' },
    ],
    ['is nothing where nothing is left', 'idToken', { validity: '5 minutes' }, null, { validity: '5 minutes' }, null],
    ['is what the org has where no one stated it', 'startPage', null, { page: 'none' }, null, { page: 'none' }],
  ])('%s', (_, option, then, now, stated, expected) => {
    expect(words(option, then, now, stated)).toEqual(expected);
  });
});
