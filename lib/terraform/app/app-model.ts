import type { Platform } from '../../declaration/client-app';
import { APP_COMPONENTS, CONNECTED_APP_COMPONENTS, type ComponentAttribute } from '../schema/component-attributes';
import type { Switch } from './secure-defaults';

/** One resource type for apps: what its attributes are made of, and where they stand. */
export interface AppModel {
  readonly platform: Platform;
  readonly resourceType: string;
  /** In words. */
  readonly title: string;
  readonly components: readonly ComponentAttribute[];
  /** Attributes that hold the choices on which secure defaults depend: component and member. */
  readonly switches: Readonly<Partial<Record<Switch, readonly [component: string, member: string]>>>;
  /** Attributes that name users of the org. */
  readonly users: readonly (readonly [component: string, member: string])[];
  /** Attributes by which somebody stops an app in an emergency. */
  readonly stops: readonly (readonly [component: string, member: string])[];
  /** Attributes that the format of access tokens decides. */
  readonly tokenFormat: readonly (readonly [component: string, member: string])[];
}

/** `salesforce_external_client_app`. */
export const EXTERNAL_CLIENT_APP: AppModel = {
  platform: 'external-client-app',
  resourceType: 'salesforce_external_client_app',
  title: 'External Client App',
  components: APP_COMPONENTS,
  switches: {
    jwtAccessTokens: ['global_oauth', 'is_named_user_jwt_enabled'],
    jwtLastsAsSession: ['oauth_policies', 'named_user_jwt_session_timeout_type'],
    codeAndCredentials: ['global_oauth', 'is_code_cred_flow_enabled'],
    guest: ['oauth_policies', 'is_guest_code_cred_flow_enabled'],
    tokenExchange: ['global_oauth', 'is_token_exchange_enabled'],
    clientCredentials: ['global_oauth', 'is_client_credentials_flow_enabled'],
    startsAtUrl: ['oauth_policies', 'start_url'],
    refreshTokenPolicy: ['oauth_policies', 'refresh_token_policy_type'],
  },
  users: [
    ['oauth_policies', 'client_credentials_flow_user'],
    ['oauth_policies', 'execute_handler_as'],
  ],
  stops: [
    ['policies', 'is_enabled'],
    ['policies', 'is_oauth_plugin_enabled'],
  ],
  tokenFormat: [
    ['global_oauth', 'is_named_user_jwt_enabled'],
    ['oauth_policies', 'session_timeout_in_minutes'],
    ['oauth_policies', 'named_user_jwt_timeout'],
    ['oauth_policies', 'named_user_jwt_session_timeout_type'],
  ],
};

/** `salesforce_connected_app`. Its refresh token policy is one text, so that no other default depends on it. */
export const CONNECTED_APP: AppModel = {
  platform: 'connected-app',
  resourceType: 'salesforce_connected_app',
  title: 'Connected App',
  components: CONNECTED_APP_COMPONENTS,
  switches: {
    jwtAccessTokens: ['oauth_config', 'is_named_user_jwt_enabled'],
    codeAndCredentials: ['oauth_config', 'is_code_credential_enabled'],
    tokenExchange: ['oauth_config', 'is_token_exchange_enabled'],
    clientCredentials: ['oauth_config', 'is_client_credential_enabled'],
    startsAtUrl: ['app', 'start_url'],
  },
  users: [
    ['oauth_config', 'oauth_client_credential_user'],
    ['app', 'plugin_execution_user'],
  ],
  stops: [],
  // The session timeout is that of opaque tokens; the lifetime of JWTs is no part of the metadata.
  tokenFormat: [
    ['oauth_config', 'is_named_user_jwt_enabled'],
    ['session_policy', 'session_timeout'],
  ],
};

/** How an app is called in diagnostics: the address is Terraform's own knowledge. */
export const pathOf = ({ resourceType }: AppModel, apiName: string): string => `${resourceType} ${apiName}`;
