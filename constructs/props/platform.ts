import type { Platform } from '../../lib/declaration/options/platform';
import type { Plugin } from '../../lib/declaration/options/plugin';
import type { StartPage } from '../../lib/declaration/options/start-page';
import type { OauthCustomScope } from '../oauth-custom-scope';
import type { Experimental, ExperimentalWithoutTls } from './experimental';
import type { AdminPolicies, FirstPartyApp, UserAdminPolicies } from './values';

/** Options that only External Client Apps have. */
export interface ExternalClientAppOptions {
  /**
   * How Salesforce stores the app.
   * @default Platform.EXTERNAL_CLIENT_APP
   * @source Salesforce Help: New Connected Apps Can No Longer Be Created in Spring '26
   */
  readonly platform?: Platform<'external-client-app'>;
  /**
   * OAuth custom scopes of the org: their constructs, or the names of existing ones.
   * @default - stays as it is in the org
   * @since 61
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, commaSeparatedCustomScopes
   */
  readonly customScopes?: readonly (OauthCustomScope | string)[];
  /**
   * Plugins of the app to turn off. The others stay as they are: leaving a line out never undoes an emergency stop.
   * @default - every plugin stays as it is in the org
   * @since notification: 61; mobile, push: 62; SAML: 63; canvas: 65; attestation: 68 (preview)
   * @source Metadata API Developer Guide: ExtlClntAppConfigurablePolicies
   */
  readonly disabledPlugins?: readonly Plugin[];
  /**
   * Engine provider: turns the app back on after someone stopped it in the org. Remove this option after the apply. On
   * the command line, the flag `--re-enable` does this.
   * @default false
   */
  readonly reEnable?: boolean;
}

/** What the admins of an org lay down for an External Client App without users. */
export interface ExternalClientAppPolicies {
  /**
   * Policies that this org sets in addition to the settings of the app.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies
   */
  readonly adminPolicies?: AdminPolicies;
}

/** Options that only External Client Apps have which users log in through. */
export interface InteractiveExternalClientAppOptions extends ExternalClientAppOptions {
  /**
   * What opens instead of `startUrl`: nothing, the page of the SAML plugin, or a URL of the app as a whole.
   * @default - the page at `startUrl` if that is set, otherwise as it is in the org
   * @since 62
   * @source Metadata API Developer Guide: ExtlClntAppConfigurablePolicies, startPage
   */
  readonly startPage?: StartPage;
  /**
   * Native login without a browser, for an app with the same owner as the org, through the authorization challenge
   * endpoint.
   * @default - stays as it is in the org
   * @since 62
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, isFirstPartyAppEnabled
   */
  readonly firstPartyApp?: FirstPartyApp;
}

/** What the admins of an org lay down for an app that users log in through. */
export interface InteractiveExternalClientAppPolicies {
  /**
   * Policies that this org sets in addition to the settings of the app. A Connected App has only `singleLogoutUrl` of
   * these.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies
   */
  readonly adminPolicies?: AdminPolicies & UserAdminPolicies;
}

/** Options that only External Client Apps have whose client can keep a key to itself. */
export interface ConfidentialClientOptions {
  /**
   * Authenticates the client by mutual TLS. Salesforce has not documented the field yet.
   * @default - stays as it is in the org
   * @since 68 (preview)
   * @source RFC 8705; Metadata API types: ExtlClntAppGlobalOauthSettings, isMtlsEnabled
   */
  readonly mutualTls?: boolean;
  /**
   * Fields that Salesforce has in its types but has not documented. A later version of this library may rename them.
   * @default - all of it stays as it is in the org
   * @since 67 (preview)
   */
  readonly experimental?: Experimental;
}

/** Options that only External Client Apps have whose client cannot keep a key. */
export interface PublicClientOptions {
  /**
   * Fields that Salesforce has in its types but has not documented. A later version of this library may rename them.
   * @default - all of it stays as it is in the org
   * @since 67 (preview)
   */
  readonly experimental?: ExperimentalWithoutTls;
}

/** Options that only Connected Apps have. */
export interface ConnectedAppOptions {
  /** Required for a Connected App. An existing app is hardened in place: its key, clients and users stay. */
  readonly platform: Platform<'connected-app'>;
  /**
   * Declares that Salesforce Support allows this org to create Connected Apps. Without it, the plan refuses a Connected
   * App that the org does not have.
   * @default false
   */
  readonly creationAllowedBySupport?: boolean;
  /**
   * Judging by its name, ties tokens to the IP address that they were issued to; Salesforce has not documented the
   * field yet.
   * @default - stays as it is in the org
   * @since 68 (preview)
   * @source Metadata API types: ConnectedAppOauthConfig, isIpBindingEnabled
   */
  readonly ipBinding?: boolean;
}

/** Options that only Connected Apps have which users log in through. */
export interface InteractiveConnectedAppOptions extends ConnectedAppOptions {
  /**
   * An https URL that opens instead of `startUrl` when a user starts the app on a mobile device.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ConnectedApp, mobileStartUrl
   */
  readonly mobileStartUrl?: string;
}

/** Options that only Connected Apps have whose client can keep a key to itself. */
export interface ConfidentialConnectedAppOptions {
  /**
   * Judging by its name, authenticates the client by mutual TLS with a certificate from a public key infrastructure;
   * Salesforce has not documented the field yet.
   * @default - stays as it is in the org
   * @since 68 (preview)
   * @source RFC 8705, section 2.1; Metadata API types: ConnectedAppOauthConfig, isPKImTLSEnabled
   */
  readonly pkiMutualTls?: boolean;
}

declare const impossible: unique symbol;

/** No value is one. The compiler names this type where a Connected App is given an option that it does not have. */
export interface NotOnConnectedApps {
  /** Only names the problem in messages of the compiler. */
  readonly [impossible]: never;
}

/** No value is one. The compiler names this type where `platform: Platform.CONNECTED_APP` is missing. */
export interface OnlyOnConnectedApps {
  /** Only names the problem in messages of the compiler. */
  readonly [impossible]: never;
}

/** None of these options may be stated, for the reason that the type's name tells. */
export type Refused<Options, Why> = { readonly [Name in keyof Options as Exclude<Name, 'platform'>]?: Why };

/** What a Connected App has of the policies of an External Client App. */
export interface ConnectedAppAdminPolicies extends UserAdminPolicies, Refused<AdminPolicies, NotOnConnectedApps> {}

/** What the admins of an org lay down for a Connected App that users log in through. */
export interface InteractiveConnectedAppPolicies {
  /**
   * Policies that this org sets in addition to the settings of the app.
   * @default - stays as it is in the org
   */
  readonly adminPolicies?: ConnectedAppAdminPolicies;
}

/**
 * Of an app whose author leaves out what it is stored as. The compiler tells the alternatives apart by `platform`, and
 * where it cannot, it speaks of the last one: so the default comes last, and the certificate of a machine.
 */
export interface ByDefault {
  /** Left out: an External Client App. */
  readonly platform?: never;
}
