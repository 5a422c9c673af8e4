import type { UserFacts } from '../../org/org';
import type { Diagnostic, DiagnosticCode } from '../../values/diagnostic';
import { declaredText } from './declared';
import type { AppGuard, AppGuardInput } from './guard';

/** Users that the app names must exist and be active; the one that client credentials act as must be let into the API. */
export const guardUsers: AppGuard = (input) => [
  ...lookUp(input, 'clientCredentialsFlowUser', 'clientCredentials.runAs', 'run-as', api),
  ...lookUp(input, 'executeHandlerAs', 'apexHandler.executeAs', 'execute-as', () => []),
];

interface Told {
  readonly code: DiagnosticCode;
  readonly severity: Diagnostic['severity'];
  readonly problem: string;
  readonly remedy: string;
}

function lookUp(
  { app, situation }: AppGuardInput,
  metadataField: string,
  field: string,
  title: 'run-as' | 'execute-as',
  more: (user: UserFacts) => readonly Told[],
): readonly Diagnostic[] {
  const username = declaredText(app, metadataField);
  if (username === undefined) return [];
  const { users } = situation.facts;
  const at = { path: app.path, field, value: username };
  if (!users) {
    return [
      {
        ...at,
        code: `${title}-unread`,
        severity: 'warning',
        problem: `the ${title} user could not be looked up`,
        remedy: 'see the reason above; the deploy fails when the user does not exist or is not active',
      },
    ];
  }
  const user = [...users].find(([name]) => name.toLowerCase() === username.toLowerCase())?.[1];
  const allowed = 'the username (not the e-mail address, not the id) of an active, API-enabled user of this org';
  if (user?.isActive) return more(user).map((told) => ({ ...at, allowed, ...told }));
  return [
    {
      ...at,
      code: user ? `${title}-inactive` : `${title}-missing`,
      severity: 'error',
      problem: user ? `the ${title} user is not active` : 'the org has no user with this username',
      allowed,
      remedy: 'create or activate the user, or state the right username for this org with Username.perOrg',
    },
  ];
}

function api({ isApiEnabled }: UserFacts): readonly Told[] {
  if (isApiEnabled === false) {
    return [
      {
        code: 'run-as-not-api-enabled',
        severity: 'error',
        problem: 'the run-as user may not use the API, so every request of the client would be refused',
        remedy: 'give the user API Enabled, by the profile or by a permission set, or state another user',
      },
    ];
  }
  if (isApiEnabled === undefined) {
    return [
      {
        code: 'run-as-access-unread',
        severity: 'warning',
        problem: 'whether the run-as user may use the API could not be read',
        remedy: 'give the connected user View Setup and Configuration, or look at the user in Setup',
      },
    ];
  }
  return [];
}
