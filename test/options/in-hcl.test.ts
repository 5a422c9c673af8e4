import { inHcl } from '../../lib/options/in-hcl';

describe('a sentence about options', () => {
  it.each([
    ['PermittedUsers.selfAuthorized()', '{ policy = "self_authorized" }'],
    ['PermittedUsers.preAuthorized({ permissionSets: […] })', '{ policy = "pre_authorized", permission_sets = […] }'],
    ['AccessTokens.opaque(Duration.minutes(60))', '{ format = "opaque", lifetime = "60 minutes" }'],
    ['AccessTokens.jwt()', '{ format = "jwt" }'],
    ['a list of scopes such as [Scope.API], at least one', 'a list of scopes such as ["Api"], at least one'],
    ['IpRelaxation.ENFORCE or another IpRelaxation', '{ policy = "enforce" } or another IpRelaxation'],
    [
      "{ reason: '…', approvedBy: '…', expires: 'YYYY-MM-DD' }",
      '{ reason = "…", approved_by = "…", expires = "YYYY-MM-DD" }',
    ],
    ['remove it, or declare a PrivateClientApp', 'remove it, or declare a salesforce_private_client_app'],
    ['a plugin such as Plugin.SAML', 'a plugin such as "saml"'],
    ['RFC 9700, section 2.1.1', 'RFC 9700, section 2.1.1'],
  ])('%s reads in HCL: %s', (program, hcl) => {
    expect(inHcl(program)).toBe(hcl);
  });
});
