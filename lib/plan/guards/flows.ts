import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** Prerequisites of the declared flows in the live org, and exceptions that ended. */
export const guardFlows: AppGuard = (input) => [...codeAndCredentials(input), ...runAs(input), ...exceptions(input)];

function codeAndCredentials({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const { manifest, observed } = situation;
  const on = app.components.some(({ fields }) => fields['isCodeCredFlowEnabled']?.value === true);
  if (!on) return [];
  const declared = manifest.settings.some(({ fields }) => fields['oAuthCdCrdtFlowEnable']?.value === true);
  if (declared) return [];
  const settings = observed.settings['OauthOidcSettings'];
  const at = { path: app.path, field: 'codeAndCredentials' };
  if (settings?.state !== 'present') {
    return [
      {
        ...at,
        code: 'org-switch-unreadable',
        severity: 'warning',
        problem: 'whether the org allows the Authorization Code and Credentials Flow could not be read',
        remedy: 'check Setup > OAuth and OpenID Connect Settings by hand',
      },
    ];
  }
  if (settings.component.fields['oAuthCdCrdtFlowEnable'] === true) return [];
  return [
    {
      ...at,
      code: 'org-switch-off',
      severity: 'error',
      problem: 'the app uses the Authorization Code and Credentials Flow, which this org blocks for every app',
      allowed: 'Setup > OAuth and OpenID Connect Settings > Allow Authorization Code and Credentials Flows: on',
      remedy:
        'declare oauthSettings({ allowCodeAndCredentialsFlow: true }) for the org, or have its owners switch it on',
    },
  ];
}

function runAs({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const username = app.components
    .map(({ fields }) => fields['clientCredentialsFlowUser']?.value)
    .find((value): value is string => typeof value === 'string');
  if (username === undefined) return [];
  const at = { path: app.path, field: 'clientCredentials.runAs', value: username };
  const { users } = situation.facts;
  if (!users) {
    return [
      {
        ...at,
        code: 'run-as-unread',
        severity: 'warning',
        problem: 'the run-as user could not be looked up',
        remedy: 'see the reason above; the deploy fails when the user does not exist or is not active',
      },
    ];
  }
  const user = [...users].find(([name]) => name.toLowerCase() === username.toLowerCase())?.[1];
  if (user?.isActive) return [];
  return [
    {
      ...at,
      code: user ? 'run-as-inactive' : 'run-as-missing',
      severity: 'error',
      problem: user ? 'the run-as user is not active' : 'the org has no user with this username',
      allowed: 'the username (not the e-mail address, not the id) of an active, API-enabled user of this org',
      remedy: 'create or activate the user, or state the right username for this org with Username.perOrg',
    },
  ];
}

function exceptions({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  return app.exceptions
    .filter(({ expires }) => expires < situation.today)
    .map(({ option, expires }) => ({
      code: 'justification-expired',
      severity: 'error' as const,
      path: app.path,
      field: option,
      problem: `the justification ended on ${expires}`,
      value: expires,
      allowed: `a justification that holds on ${situation.today}`,
      remedy: `renew it, remove the option, or go on without this app: --except ${app.api_name}`,
    }));
}
