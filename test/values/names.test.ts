import { apiNameProblem } from '../../lib/values/api-name';
import { isEmail } from '../../lib/values/email';
import { nearest } from '../../lib/values/nearest';
import { organizationIdProblem } from '../../lib/values/organization-id';
import { isTerraformToken } from '../../lib/values/text';
import { usernameProblem } from '../../lib/values/username';

describe('an API name', () => {
  it.each(['Portal', 'Partner_Portal', 'a1', 'A'.repeat(30)])('%s is accepted', (name) => {
    expect(apiNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['', /empty/],
    ['Partner Portal', /white space/],
    ['1Portal', /start with a letter/],
    ['_Portal', /start with a letter/],
    ['Partner-Portal', /other than letters/],
    ['Pörtal', /other than letters/],
    ['Partner__Portal', /two underscores/],
    ['Portal_', /ends in an underscore/],
    ['A'.repeat(31), /31 characters/],
  ])('%j is refused', (name, message) => {
    expect(apiNameProblem(name)?.problem).toMatch(message);
  });

  it('may be longer where the app exists already', () => {
    expect(apiNameProblem('A'.repeat(31), true)).toBeUndefined();
  });

  it('comes with a valid suggestion', () => {
    expect(apiNameProblem('Partner Portal 2!')?.remedy).toContain("'Partner_Portal_2'");
  });
});

describe('an e-mail address', () => {
  it.each(['a@b.co', 'iam.team+sf@acme.example'])('%s is accepted', (text) => expect(isEmail(text)).toBe(true));
  it.each(['', 'a', 'a@b', 'a b@c.de', 'a@b..c', 'x@y.z,q@r.s', `${'x'.repeat(80)}@b.co`])('%j is refused', (text) =>
    expect(isEmail(text)).toBe(false),
  );
});

describe('a username', () => {
  it('has the form of an e-mail address', () => {
    expect(usernameProblem('feed@acme.example.uat')).toBeUndefined();
    expect(usernameProblem('feed')?.problem).toMatch(/not a Salesforce username/);
  });

  it('is not the id of the user', () => {
    expect(usernameProblem('005000000000001AAA')?.problem).toMatch(/id of a user/);
  });
});

describe('an organization id', () => {
  it.each(['00D000000000001', '00D000000000001EAA', '00DB0000000gHtyMAE'])('%s is accepted', (id) =>
    expect(organizationIdProblem(id)).toBeUndefined(),
  );
  it.each([
    ['00D000000000001EAB', /do not match/],
    ['005000000000001', /not an organization id/],
    ['00D00000000000', /not an organization id/],
  ])('%s is refused', (id, message) => expect(organizationIdProblem(id)?.problem).toMatch(message));
});

describe('the nearest name', () => {
  const names = ['callbackUrls', 'codeAndCredentials', 'scopes'];
  it.each([
    ['callbackURLs', 'callbackUrls'],
    ['callback_urls', 'callbackUrls'],
    ['scope', 'scopes'],
    ['codeAndCredential', 'codeAndCredentials'],
  ])('to %s is %s', (text, expected) => expect(nearest(text, names)).toBe(expected));
  it('does not exist for something else altogether', () => expect(nearest('timeout', names)).toBeUndefined());
});

describe('a value known only to Terraform', () => {
  it('is recognized in text and in lists', () => {
    expect(isTerraformToken('x-${TfToken[TOKEN.1]}')).toBe(true);
    expect(isTerraformToken('#{TfToken[TOKEN.2]}')).toBe(true);
    expect(isTerraformToken('${var.plain}')).toBe(false);
  });
});
