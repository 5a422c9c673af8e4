import { describeTerraformDeep } from './deep';
import { app, type Diagnostic, project, SELF_AUTHORIZED } from './provider-support';

const policies = (more: string): string =>
  `oauth_policies = { permitted_users_policy_type = "AllSelfAuthorized", ${more} }`;
const replaced = (name: string, from: string, to: string): string => app(name, SELF_AUTHORIZED).replace(from, to);
const scopes = (name: string, list: string): string => replaced(name, '["RefreshToken", "Api"]', list);
const JWT = ['global_oauth = {', 'global_oauth = { is_named_user_jwt_enabled = true,'] as const;
const range = (start: string, end: string): string =>
  `, trusted_ip_ranges = [{ start_ip_address = "${start}", end_ip_address = "${end}" }]`;

/** Name of the app, its configuration, what is said of it, and whether that stops it. */
const RULES: readonly (readonly [name: string, configuration: string, says: RegExp, severity: 'error' | 'warning'])[] =
  [
    [
      'Unknown',
      scopes('Unknown', '["api", "refresh_tokn"]'),
      /no scope "refresh_tokn". Did you mean RefreshToken\?/,
      'error',
    ],
    ['Together', scopes('Together', '["Api, RefreshToken"]'), /several scopes in one/, 'error'],
    ['None', scopes('None', '[]'), /at least one, such as "Api"/, 'error'],
    ['Mail', replaced('Mail', 'iam@acme.example', 'nobody'), /"nobody" is no e-mail address/, 'error'],
    ['Blank', replaced('Blank', 'label = "Blank"', 'label = " "'), /The label is blank/, 'error'],
    [
      'Session',
      app('Session', policies('session_timeout_in_minutes = 2000')),
      /timeout of 2000 minutes does not exist/,
      'error',
    ],
    [
      'Fraction',
      app('Fraction', policies('session_timeout_in_minutes = 15.5')),
      /no whole number|whole number is required/,
      'error',
    ],
    ['Jwt', app('Jwt', policies('named_user_jwt_timeout = 7')).replace(...JWT), /no JWT timeout of 7 minutes/, 'error'],
    [
      'Swapped',
      app('Swapped', SELF_AUTHORIZED, range('203.0.113.9', '203.0.113.1')),
      /203\.0\.113\.9 - 203\.0\.113\.1/,
      'error',
    ],
    [
      'Both',
      app('Both', policies('session_timeout_in_minutes = 60')).replace(...JWT),
      /remove one of the two/,
      'error',
    ],
    [
      'NoJwt',
      app('NoJwt', policies('named_user_jwt_timeout = 30')),
      /JWT-based access tokens, and they are off/,
      'error',
    ],
    [
      'Endless',
      app('Endless', policies('refresh_token_policy_type = "Infinite", refresh_token_validity_period = 3')),
      /has no period, so this one has no effect/,
      'warning',
    ],
    ['Sets', app('Sets', policies('comma_separated_permission_set = ["Access"]')), /keep no one out/, 'warning'],
    [
      'RunAs',
      app('RunAs', policies('client_credentials_flow_user = "a@acme.example"')),
      /client credentials flow, which is off/,
      'warning',
    ],
  ];

describeTerraformDeep('the rules of the constructs, at terraform validate', () => {
  it('are said of each argument that breaks one, at its own line, and of no other', async () => {
    const work = project({});
    try {
      work.write(...RULES.map(([, configuration]) => configuration), app('Fine', SELF_AUTHORIZED));
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const { status, output } = await work.run('validate', '-json');
      expect(status).toBe(1);
      const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
      const lines = work.file('main.tf').split('\n');
      const said = RULES.map(([name, , says]) => {
        const of = diagnostics.filter(
          ({ address }) => address === `salesforce_external_client_app.${name.toLowerCase()}`,
        );
        const found = of.find((each) => says.test(each.detail) || says.test(each.summary));
        const line = lines[(found?.range?.start.line ?? 0) - 1] ?? '';
        return { name, severity: found?.severity ?? of.map(({ detail }) => detail).join('; '), placed: /=/.test(line) };
      });
      expect(said).toEqual(RULES.map(([name, , , severity]) => ({ name, severity, placed: true })));
      expect(diagnostics.filter(({ address }) => address === 'salesforce_external_client_app.fine')).toEqual([]);
    } finally {
      work.remove();
    }
  });
});
