import { timingSafeEqual, type X509Certificate } from 'node:crypto';

import { certificateOf } from '../deploy/checks/common';
import { type Fields, isFields, splitCommas, textOf, textsOf } from '../fields';
import { withDefaults } from '../schema/defaults';
import { CONNECTED_APP, OAUTH, OAUTH_POLICY, POLICY } from '../schema/types';
import { consumersOf, headerOf, type OauthConsumer, type OrgState, type OrgUser, partsOf } from '../state';
import type { EmulatorSwitches } from '../switches';
import type { GrantedApp } from '../usage/state';
import { type ClientRules, rulesOf } from './rules';

/** What the token endpoint needs to know of an app, whichever kind it is. */
export interface OauthClient {
  readonly app: GrantedApp;
  readonly key: string;
  /** Secrets that open it: the current one and a staged or rotated one. */
  readonly secrets: readonly string[];
  readonly certificate: X509Certificate | undefined;
  readonly scopes: readonly string[];
  readonly enabled: boolean;
  readonly issuesJwt: boolean;
  readonly clientCredentials: boolean;
  readonly runAs: string | undefined;
  readonly preAuthorized: boolean;
  readonly permissionSets: readonly string[];
  readonly profiles: readonly string[];
  readonly rules: ClientRules;
}

/** The app with this consumer key; a staged key works beside the current one. */
export function clientOf(org: OrgState, key: string, switches: EmulatorSwitches): OauthClient | undefined {
  // Where both apps of a name have the key, the external client app comes first.
  const found = consumersOf(org).find(({ consumer }) => [consumer.key, consumer.staged?.key].includes(key));
  if (found === undefined) return undefined;
  const rules = rulesOf(org, found, switches.automaticPolicyIdle30);
  if (found.type !== CONNECTED_APP) return { ...externalClientApp(org, found, key), rules };
  const migrated = headerOf(org, found.app) !== undefined;
  return { ...connectedApp(found, key), rules, enabled: !migrated || switches.twinConnectedAppsIssueTokens };
}

function secretsOf({ consumer }: OauthConsumer, key: string): readonly string[] {
  return consumer.key === key ? [consumer.secret] : consumer.staged === undefined ? [] : [consumer.staged.secret];
}

const certificateIn = (fields: Fields): X509Certificate | undefined => {
  const text = textOf(fields, 'certificate');
  return text === undefined ? undefined : certificateOf(text);
};

function externalClientApp(org: OrgState, found: OauthConsumer, key: string): Omit<OauthClient, 'rules'> {
  const part = (type: string): Fields => withDefaults(type, partsOf(org, type, found.app)[0]?.fields ?? {});
  const global = withDefaults(found.type, found.component.fields);
  const [policy, general] = [part(OAUTH_POLICY), part(POLICY)];
  return {
    app: { kind: 'external-client-app', name: found.app },
    key,
    secrets: secretsOf(found, key),
    certificate: certificateIn(global),
    scopes: splitCommas(textOf(part(OAUTH), 'commaSeparatedOauthScopes')),
    enabled: general['isEnabled'] === true && general['isOauthPluginEnabled'] === true,
    issuesJwt: global['isNamedUserJwtEnabled'] === true,
    clientCredentials:
      global['isClientCredentialsFlowEnabled'] === true && policy['isClientCredentialsFlowEnabled'] === true,
    runAs: textOf(policy, 'clientCredentialsFlowUser'),
    preAuthorized: policy['permittedUsersPolicyType'] === 'AdminApprovedPreAuthorized',
    permissionSets: splitCommas(textOf(policy, 'commaSeparatedPermissionSet')),
    profiles: splitCommas(textOf(policy, 'commaSeparatedProfile')),
  };
}

function connectedApp(found: OauthConsumer, key: string): Omit<OauthClient, 'rules'> {
  const { fields } = found.component;
  const config = isFields(fields['oauthConfig']) ? fields['oauthConfig'] : {};
  return {
    app: { kind: 'connected-app', name: found.app },
    key,
    secrets: secretsOf(found, key),
    certificate: certificateIn(config),
    scopes: textsOf(config, 'scopes'),
    enabled: true,
    issuesJwt: config['isNamedUserJwtEnabled'] === true,
    clientCredentials: config['isClientCredentialEnabled'] === true,
    runAs: textOf(config, 'oauthClientCredentialUser'),
    preAuthorized: config['isAdminApproved'] === true,
    permissionSets: textsOf(fields, 'permissionSetName'),
    profiles: textsOf(fields, 'profileName'),
  };
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** True for a secret of the app, and for none where none is demanded: one that is sent is compared either way. */
export const secretFits = (
  { secrets }: Pick<OauthClient, 'secrets'>,
  secret: string | undefined,
  demanded: boolean,
): boolean => (secret === undefined ? !demanded : secrets.some((known) => same(known, secret)));

/** True when the admin approved the app for the user in advance; a permission set of a group is one of its users' own. */
export function approvedFor(
  { profiles, permissionSets }: Pick<OauthClient, 'profiles' | 'permissionSets'>,
  user: OrgUser,
): boolean {
  const held = [...user.permissionSets, ...(user.groups ?? []).flatMap((group) => group.permissionSets)];
  return profiles.includes(user.profile) || permissionSets.some((name) => held.includes(name));
}

/** How scopes are spelled at run time, where that is not the token in small letters. */
const RUN_TIME: Readonly<Record<string, string>> = {
  Basic: 'id',
  RefreshToken: 'refresh_token',
  OfflineAccess: 'offline_access',
  Chatter: 'chatter_api',
  CustomApplications: 'visualforce',
  CustomPermissions: 'custom_permissions',
  Wave: 'wave_api',
  Eclair: 'eclair_api',
  Pardot: 'pardot_api',
  CDPIngest: 'cdp_ingest_api',
  CDPProfile: 'cdp_profile_api',
  CDPQuery: 'cdp_query_api',
  Chatbot: 'chatbot_api',
  CDPSegment: 'cdp_segment_api',
  CDPIdentityResolution: 'cdp_identityresolution_api',
  CDPCalculatedInsight: 'cdp_calculated_insight_api',
  ForgotPassword: 'forgot_password',
  UserRegistration: 'user_registration_api',
  SFApiPlatform: 'sfap_api',
  SFAP: 'sfap_api',
  Interaction: 'interaction_api',
  CDP: 'cdp_api',
  EinsteinGPT: 'einstein_gpt_api',
  PwdlessLogin: 'pwdless_login_api',
  MCP: 'mcp_api',
  SCRT: 'scrt_api',
  DataCloudUserClaims: 'data_cloud_user_claims',
};

/** A metadata scope token as the token endpoint writes it. */
export const runTimeScope = (scope: string): string => RUN_TIME[scope] ?? scope.toLowerCase();

const OF_IDENTITY = ['profile', 'email', 'address', 'phone'];
export const OFFLINE = ['refresh_token', 'offline_access'];

/** What a request for these scopes gets, by run-time names; undefined where the app may not have one of them. */
export function scopesOf({ scopes }: OauthClient, requested: string | null): readonly string[] | undefined {
  const own = scopes.map(runTimeScope);
  if (requested === null || requested.trim() === '') return own;
  const all = own.includes('full');
  const may = (scope: string): boolean =>
    own.includes(scope) ||
    (OFFLINE.includes(scope) ? OFFLINE.some((one) => own.includes(one)) : all) ||
    (OF_IDENTITY.includes(scope) && own.includes('id'));
  const asked = [...new Set(requested.trim().split(/\s+/))];
  return asked.every(may) ? asked : undefined;
}
