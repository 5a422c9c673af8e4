import type { NonEmpty } from '../../lib/declaration/options/non-empty';
import type { TokenType } from '../../lib/declaration/options/token-type';
import type { Username } from '../../lib/declaration/options/username';
import type { ClientApp } from '../client-app';
import type { EnabledByException } from './values';

/** Options of a scope of the org's own. */
export interface OauthCustomScopeProps {
  /**
   * Name of the scope in the org; clients request it by this name.
   * @default - the construct id, unchanged
   * @limit a letter first, then letters, digits and single underscores; 80 characters
   * @source Metadata API Developer Guide: OauthCustomScope, developerName
   */
  readonly apiName?: string;
  /**
   * Display name of the scope, on one line.
   * @source Metadata API Developer Guide: OauthCustomScope, masterLabel
   */
  readonly label: string;
  /**
   * What the scope gives access to, on one line; users see it when they approve an app.
   * @source Metadata API Developer Guide: OauthCustomScope, description
   */
  readonly description: string;
  /**
   * Whether the org's OpenID Connect discovery document lists the scope.
   * @default false: a scope is published only if clients need to discover it
   * @source Metadata API Developer Guide: OauthCustomScope, isPublic
   */
  readonly inDiscoveryDocument?: boolean;
  /**
   * Connected Apps that can request the scope: their constructs or API names. External Client Apps list it themselves,
   * in `customScopes`.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: OauthCustomScope, assignedTo
   */
  readonly connectedApps?: readonly (ClientApp | string)[];
}

/** An app that this program does not declare. */
export type AppByName =
  | {
      /** API name of an External Client App. */
      readonly externalClientApp: string;
    }
  | {
      /** API name of a Connected App. */
      readonly connectedApp: string;
    };

/** An app that a token exchange handler serves. */
export interface TokenExchangeEnablement {
  /** The construct of the app, or its API name in an object that says which platform it is on. */
  readonly app: ClientApp | AppByName;
  /** The user that the Apex class runs as. */
  readonly runAs: Username;
  /**
   * Whether the handler serves requests from the app that do not name a handler.
   * @default true
   */
  readonly isDefault?: boolean;
}

/** Options of what turns tokens of another issuer into sessions of this org. */
export interface OauthTokenExchangeHandlerProps {
  /**
   * Name of the handler in the org; clients can request it by this name.
   * @default - the construct id, unchanged
   * @limit a letter first, then letters, digits and single underscores; 80 characters
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, developerName
   */
  readonly apiName?: string;
  /**
   * Display name of the handler, on one line.
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, masterLabel
   */
  readonly label: string;
  /**
   * What the handler is for, on one line.
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, description
   */
  readonly description: string;
  /**
   * The Apex class that validates the tokens; it extends Auth.Oauth2TokenExchangeHandler and is deployed with the other
   * code of the org.
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, tokenHandlerApex
   */
  readonly apexClass: string;
  /**
   * Types of tokens that the handler accepts, such as `[TokenType.JWT]`; no others are exchanged.
   * @limit at least one
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, isJwtSupported and others
   */
  readonly accepts: NonEmpty<TokenType>;
  /**
   * All apps that the handler serves: the list is written as a whole. Each app needs `tokenExchange`.
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, enablements
   */
  readonly enabledFor: readonly TokenExchangeEnablement[];
  /**
   * Whether the handler works at all.
   * @default true
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, isEnabled
   */
  readonly enabled?: boolean;
  /**
   * Lets the handler create a user for someone who does not have one in the org yet.
   * @default - off: otherwise another issuer decides who gets into the org
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, isUserCreationAllowed
   */
  readonly createsUsers?: EnabledByException;
  /**
   * Lets the handler create a contact along with such a user.
   * @default - off
   * @since 65
   * @source Metadata API Developer Guide: OauthTokenExchangeHandler, isContactCreationAllowed
   */
  readonly createsContacts?: EnabledByException;
}
