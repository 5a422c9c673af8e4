import type { Exception, Setting } from './client-app';

/** A scope of the org's own, as declared. */
export interface CustomScopeDeclaration {
  readonly record: 'custom-scope';
  readonly path: string;
  readonly apiName: string;
  readonly label: string;
  readonly description: string;
  readonly inDiscoveryDocument: Setting<boolean>;
  /** API names; undefined: the org decides. */
  readonly connectedApps?: readonly string[];
  readonly exceptions: readonly Exception[];
}

/** Kinds of tokens of another issuer that a handler takes. */
export const TOKEN_TYPES = ['AccessToken', 'IdToken', 'Jwt', 'RefreshToken', 'Saml2'] as const;
export type TokenTypeName = (typeof TOKEN_TYPES)[number];

/** An app that a handler serves, and as whom its Apex class runs. */
export interface Enablement {
  readonly platform: 'external-client-app' | 'connected-app';
  readonly app: string;
  readonly runAs: string;
  /** Serves requests that name no handler. */
  readonly isDefault: boolean;
}

/** What turns tokens of another issuer into users of the org, as declared. */
export interface TokenExchangeHandlerDeclaration {
  readonly record: 'token-exchange-handler';
  readonly path: string;
  readonly apiName: string;
  readonly label: string;
  readonly description: string;
  readonly apexClass: string;
  readonly enabled: Setting<boolean>;
  readonly accepts: readonly TokenTypeName[];
  readonly enabledFor: readonly Enablement[];
  readonly createsUsers: Setting<boolean>;
  /** Undefined where this API version does not know it. */
  readonly createsContacts?: Setting<boolean>;
  readonly exceptions: readonly Exception[];
}

/** A record of the org beside its apps that a program can declare. */
export type OauthRecordDeclaration = CustomScopeDeclaration | TokenExchangeHandlerDeclaration;
