import { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import { declareMachineApp, declarePrivateClientApp } from './declare';
import { context, justification, machineProps, onlyProblem, privateProps, problems, valid } from './support';

const declare = (more: object) => declarePrivateClientApp({ ...privateProps, ...more }, context);
const url = 'https://portal.acme.example/cb';
const range = { start: '203.0.113.0', end: '203.0.113.9' };

/** What an untyped program gives, and what it is told: nothing is dropped in silence. */
describe('odd input', () => {
  it.each([
    // eslint-disable-next-line no-sparse-arrays -- a hole is what people get from a stray comma
    ['a hole in a list of URLs', { callbackUrls: [, url] }, 'wrong-type callbackUrls[0]'],
    // eslint-disable-next-line no-sparse-arrays -- as above
    ['a hole in a list of ranges', { trustedIpRanges: [, range] }, 'wrong-type trustedIpRanges[0]'],
    // eslint-disable-next-line no-sparse-arrays -- as above
    ['a hole in a list of names', { customScopes: [, 'orders'] }, 'wrong-type customScopes[0]'],
    [
      'a range twice',
      { trustedIpRanges: [range, { ...range, description: 'again' }] },
      'same-range-twice trustedIpRanges[1]',
    ],
    [
      'a Map of attributes',
      { customAttributes: new Map([['country', 'User.Country']]) },
      'wrong-type customAttributes',
    ],
    ['a Map for an object', { idToken: new Map() }, 'wrong-type idToken'],
    ['a Date for a text', { label: new Date(0) }, 'wrong-type label'],
    ['a label that shows nothing', { label: '\u200b' }, 'invalid-text label'],
    ['a label that reads backwards', { label: 'Portal\u202egnp.exe' }, 'invalid-text label'],
    ['a token for a label', { label: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl' }, 'credential-given label'],
    [
      'a session in a description',
      { description: 'Log in with\n00D0000000000ABEAU!AQcAQHxyz' },
      'credential-given description',
    ],
    ['custom scopes that differ in case', { customScopes: ['orders', 'Orders'] }, 'same-name-twice customScopes'],
    [
      'permission sets that differ in case',
      { permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access', 'PORTAL_access'] }) },
      'same-name-twice permittedUsers.permissionSets',
    ],
    [
      'a reason that shows nothing',
      { pkce: { required: false, justification: { ...justification, reason: '\u200b' } } },
      'justification-incomplete pkce.justification.reason',
    ],
  ])('%s is told', (_, more, problem) => {
    expect(problems(declare(more))).toEqual([problem]);
  });

  it('with characters that turn the text is repeated with those spelled out', () => {
    expect(onlyProblem(declare({ label: 'Portal\u202egnp.exe' })).value).toBe('"Portal\\u202egnp.exe"');
  });

  it.each(['Café Zürich', '営業ポータル', 'نموذج', '👩\u200d💻 Portal', 'שלום\u200f'])(
    'may be a label: %s',
    (label) => {
      expect(valid(declare({ label })).label).toBe(label);
    },
  );

  it('names what kind of object stands there instead of an object with options', () => {
    const result = declareMachineApp(new Map(Object.entries(machineProps)), context);
    expect(onlyProblem(result)).toMatchObject({ code: 'wrong-type', problem: 'the value is a Map' });
  });

  it('with a name twice, word for word, is the name once', () => {
    expect(valid(declare({ customScopes: ['orders', 'orders'], callbackUrls: [url, url] }))).toMatchObject({
      customScopes: ['orders'],
      callbackUrls: [url],
    });
  });
});
