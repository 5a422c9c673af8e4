import { scrub } from '../../lib/org/scrub';

const NS = 'http://soap.sforce.com/2006/04/metadata';
const one = (content: string): { readonly text: string | undefined; readonly problems: number } => {
  const { files, problems } = scrub(new Map([['f.xml', content]]));
  return { text: files.get('f.xml'), problems: problems.length };
};
const settings = (inner: string): string =>
  `<?xml version="1.0"?><ExtlClntAppGlobalOauthSettings xmlns="${NS}" xmlns:m="${NS}"><label>Portal</label>${inner}</ExtlClntAppGlobalOauthSettings>`;

test.each([
  ['plain', '<consumerSecret>S3CRET</consumerSecret>'],
  ['with a prefix', '<m:consumerSecret>S3CRET</m:consumerSecret>'],
  ['as CDATA', '<consumerSecret><![CDATA[S3</consumerSecret>CRET]]></consumerSecret>'],
  ['with attributes', '<consumerSecret a="x>y">S3CRET</consumerSecret >'],
  ['with white space', '<consumerSecret\n>S3CRET</consumerSecret\n>'],
  ['nested', '<oauthConfig><consumerSecret>S3CRET</consumerSecret></oauthConfig>'],
  ['in a comment', '<!-- <consumerSecret>S3CRET</consumerSecret> -->'],
  ['more than once', '<consumerSecret>S3CRET</consumerSecret><consumerSecret>S3CRET</consumerSecret>'],
])('a consumer secret is removed, %s', (_, inner) => {
  const { text, problems } = one(settings(inner));
  expect(text).not.toMatch(/S3|CRET/);
  expect(text).toContain('<label>Portal</label>');
  expect(problems).toBe(0);
});

test('what was removed is known afterward, so that no message repeats it, and the files do not hold it', () => {
  const { files, secrets } = scrub(
    new Map([['f.xml', settings('<consumerSecret>S3CRET &amp; more</consumerSecret>')]]),
  );
  expect(secrets).toEqual(['S3CRET & more']);
  expect([...files.values()].join()).not.toContain('S3CRET');
});

test('keys and passwords of push services are removed, the rest stays', () => {
  const { text } = one(
    `<ExtlClntAppPushSettings xmlns="${NS}"><applePushConfig><password>S3CRET</password><signingKey>S3CRET</signingKey>` +
      `<certificate>S3CRET</certificate><teamIdentifier>TEAM</teamIdentifier></applePushConfig>` +
      `<androidPushConfig><serviceAccount>S3CRET</serviceAccount></androidPushConfig></ExtlClntAppPushSettings>`,
  );
  expect(text).not.toContain('S3CRET');
  expect(text).toContain('TEAM');
});

test('the key of the reCAPTCHA of a site is removed, its other settings stay', () => {
  const inner = '<isForgotPwdAllowed>true</isForgotPwdAllowed><recaptchaSecretKey>S3CRET</recaptchaSecretKey>';
  const { text } = one(`<Network xmlns="${NS}"><networkAuthApiSettings>${inner}</networkAuthApiSettings></Network>`);
  expect(text).not.toContain('S3CRET');
  expect(text).toContain('isForgotPwdAllowed');
});

test("an app's own certificate is public and stays, byte for byte", () => {
  const content = settings('<certificate>MIIC</certificate>');
  expect(one(content).text).toBe(content);
});

test('a file that mentions a secret and cannot be parsed is left out and reported', () => {
  const { text, problems } = one('<a><consumerSecret>S3CRET</a>');
  expect(text).toBeUndefined();
  expect(problems).toBe(1);
});
