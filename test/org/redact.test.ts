import { redactor } from '../../lib/org/redact';

const SECRET = `p&"la<nt>ed'/+= secret`;

test.each([
  ['as it is', SECRET],
  ['percent-encoded', encodeURIComponent(SECRET)],
  ['in a form body', new URLSearchParams({ s: SECRET }).toString()],
  ['in XML', SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ['in JSON', JSON.stringify({ s: SECRET })],
  ['in base64', Buffer.from(SECRET).toString('base64')],
])('a known secret is removed %s', (_, text) => {
  const clean = redactor([SECRET])(`before ${text} after`);
  expect(clean).toContain('[redacted]');
  expect(clean).toContain('after');
  expect(clean).not.toContain('ed secret');
  expect(clean).not.toContain('nt%3Eed');
});

test('a secret that contains another one is removed whole', () => {
  expect(redactor(['abcdef', 'abcdefghij'])('x abcdefghij y')).toBe('x [redacted] y');
});

test.each([
  ['a session id', 'token 00D0000000000AB!AQcAQH.xyz_12 rest'],
  ['a session id of 18 characters', 'token 00D0000000000ABEAU!AQcAQHxyz rest'],
  ['a JSON Web Token', 'token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln rest'],
  ['a private key', 'token -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- rest'],
  ['a private key without its lines', `token MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${'Bk9/'.repeat(20)} rest`],
  ['an SFDX authorization URL', 'token force://PlatformCLI::5Aep861@acme.my.salesforce.com rest'],
])('%s is removed although nobody told about it', (_, text) => {
  expect(redactor([])(text)).toBe('token [redacted] rest');
});

test('an org id is no secret', () => {
  expect(redactor([])('org 00D0000000000ABEAU answers')).toBe('org 00D0000000000ABEAU answers');
});
