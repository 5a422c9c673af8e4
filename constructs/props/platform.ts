import type { Platform } from '../../lib/declaration/options/platform';
import type { Plugin } from '../../lib/declaration/options/plugin';
import type { StartPage } from '../../lib/declaration/options/start-page';
import type { OauthCustomScope } from '../oauth-custom-scope';
import type { Experimental, ExperimentalWithoutTls } from './experimental';
import type { AdminPolicies, FirstPartyApp, UserAdminPolicies } from './values';

/** Options that only External Client Apps have. */
export interface ExternalClientAppOptions {
  /**
   * What Salesforce stores the app as.
   * @default Platform.EXTERNAL_CLIENT_APP
   * @source Salesforce Help: New Connected Apps Can No Longer Be Created in Spring '26
   */
  readonly platform?: Platform<'external-client-app'>;
  /**
   * The org's own OAuth custom scopes: their constructs, or the names of those that exist already.
   * @default - stays as it is in the org
   * @since 61
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, commaSeparatedCustomScopes
   */
  readonly customScopes?: readonly (OauthCustomScope | string)[];
  /**
   * Plugins of the app to switch off. The others stay as they are: an emergency stop is never undone by leaving a line
   * out.
   * @default - every plugin stays as it is in the org
   * @since notification: 61; mobile, push: 62; SAML: 63; canvas: 65; attestation: 68 (preview)
   * @source Metadata API Developer Guide: ExtlClntAppConfigurablePolicies
   */
  readonly disabledPlugins?: readonly Plugin[];
  /**
   * Engine provider: switches the app on again after someone stopped it in the org. Remove it after the apply. On the
   * command line the flag `--re-enable` does this.
   * @default false
   */
  readonly reEnable?: boolean;
}

/** What the admins of an org lay down for an External Client App without users. */
export interface ExternalClientAppPolicies {
  /**
   * What this org lays down besides the settings that come with the app.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies
   */
  readonly adminPolicies?: AdminPolicies;
}

/** Options that only External Client Apps have which users log in through. */
export interface InteractiveExternalClientAppOptions extends ExternalClientAppOptions {
  /**
   * What opens instead of `startUrl`: nothing, the page of the SAML plugin, or a URL of the app as a whole.
   * @default - the page at `startUrl` where that is stated, else as it is in the org
   * @since 62
   * @source Metadata API Developer Guide: ExtlClntAppConfigurablePolicies, startPage
   */
  readonly startPage?: StartPage;
  /**
   * Native login without a browser, for an app of the same owner as the org: the authorization challenge endpoint.
   * @default - stays as it is in the org
   * @since 62
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, isFirstPartyAppEnabled
   */
  readonly firstPartyApp?: FirstPartyApp;
}

/** What the admins of an org lay down for an app that users log in through. */
export interface InteractiveExternalClientAppPolicies {
  /**
   * What this org lays down besides the settings that come with the app. A Connected App has `singleLogoutUrl` of it.
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
   * What Salesforce has in its types and has not documented. A later version of this library may change the names.
   * @default - all of it stays as it is in the org
   * @since 67 (preview)
   */
  readonly experimental?: Experimental;
}

/** Options that only External Client Apps have whose client cannot keep a key. */
export interface PublicClientOptions {
  /**
   * What Salesforce has in its types and has not documented. A later version of this library may change the names.
   * @default - all of it stays as it is in the org
   * @since 67 (preview)
   */
  readonly experimental?: ExperimentalWithoutTls;
}

/** Options that only Connected Apps have. */
export interface ConnectedAppOptions {
  /** That a Connected App is meant has to be said. An existing one is hardened where it is: key, clients and users stay. */
  readonly platform: Platform<'connected-app'>;
  /**
   * States that Salesforce Support lets this org create Connected Apps. Without it, a Connected App that the org does
   * not have is refused at plan.
   * @default false
   */
  readonly creationAllowedBySupport?: boolean;
  /**
   * Ties tokens to the IP address that they were issued to, judging by its name: Salesforce has not documented the field
   * yet.
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
   * Authenticates the client by mutual TLS with a certificate of a public key infrastructure, judging by its name:
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
   * What this org lays down besides the settings that come with the app.
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
