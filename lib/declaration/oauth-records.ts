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
