import { type OrgContext, type Refusal, refuse } from './context';
import type { OrgUser } from './state';
import { holds, mayUseApi } from './usage/permissions';

/** What a call takes beside a session with the scope `api` and the permission API Enabled. */
interface Need {
  /** User permissions: one of each group. */
  readonly permissions: readonly (readonly string[])[];
  readonly refusal: (lacking: readonly string[]) => Refusal;
}

const API_ALONE: Need = { permissions: [], refusal: () => refuse('INSUFFICIENT_ACCESS', 'insufficient access', 403) };

const METADATA: Need = {
  permissions: [['ModifyMetadata', 'ModifyAllData']],
  refusal: () =>
    refuse(
      'INSUFFICIENT_ACCESS',
      'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
      403,
    ),
};

const CREDENTIALS: Need = {
  permissions: [['ExternalClientAppDeveloper'], ['ViewClientSecret']],
  refusal: (lacking) =>
    refuse(
      'INSUFFICIENT_ACCESS',
      `This feature is not currently enabled for this user: ${lacking.map((name) => `Permissions${name}`).join(' or ')}`,
      403,
    ),
};

/** Which permission opens these resources is not published; that of the External Client App manager is taken for it. */
const USAGE: Need = {
  permissions: [['ExternalClientAppAdmin']],
  refusal: () => refuse('INSUFFICIENT_ACCESS', 'You do not have access to External Client App usage', 403),
};

/** Of every operation of `/services/data/vXX.0`. What rows and records a caller sees is up to each object. */
export const REST_ACCESS: Readonly<Record<string, Need>> = {
  resources: API_ALONE,
  limits: API_ALONE,
  query: API_ALONE,
  queryMore: API_ALONE,
  toolingQuery: API_ALONE,
  toolingDescribe: API_ALONE,
  composite: API_ALONE,
  sobjects: API_ALONE,
  eventLogFile: API_ALONE,
  deploy: METADATA,
  checkDeployStatus: METADATA,
  cancelDeploy: METADATA,
  // Which apps have usage is shown to everybody.
  usage: API_ALONE,
  usageUsers: USAGE,
  usageTokens: USAGE,
  deleteToken: USAGE,
  deleteTokens: USAGE,
  credentials: CREDENTIALS,
  staged: CREDENTIALS,
  stage: CREDENTIALS,
  rotate: CREDENTIALS,
  deleteStaged: CREDENTIALS,
};

/** Of every operation of the SOAP Metadata API. */
export const SOAP_ACCESS: Need = METADATA;

/** Of an org whose API requests of the day are used up. */
export const NONE_LEFT = refuse('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403);

/** Why the user may not make the call; undefined where he may. */
export function refusedCall(context: OrgContext, user: OrgUser, need: Need | undefined): Refusal | undefined {
  const state = context.state();
  if (!mayUseApi(state, user)) return refuse('API_DISABLED_FOR_ORG', 'API is disabled for this User', 403);
  const lacking = need?.permissions.find((group) => !group.some((permission) => holds(state, user, permission)));
  return lacking && need?.refusal(lacking);
}
