import type { TokenTypeName } from '../oauth-records';
import { brand, hasBrand } from './brand';

/** A type of token from another issuer that a token exchange handler accepts. */
export class TokenType {
  /** OAuth access tokens. */
  static readonly ACCESS_TOKEN = new TokenType('AccessToken');
  /** OpenID Connect ID tokens. */
  static readonly ID_TOKEN = new TokenType('IdToken');
  /** Other JSON Web Tokens. */
  static readonly JWT = new TokenType('Jwt');
  /** OAuth refresh tokens. */
  static readonly REFRESH_TOKEN = new TokenType('RefreshToken');
  /** SAML 2.0 assertions. */
  static readonly SAML2 = new TokenType('Saml2');

  /** The word that Salesforce stores. */
  readonly tokenType: TokenTypeName;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'TokenType';

  private constructor(tokenType: TokenTypeName) {
    this.tokenType = tokenType;
    brand(this, 'TokenType');
  }

  /** True for a TokenType, whichever copy of this package made it. */
  static is(value: unknown): value is TokenType {
    return hasBrand(value, 'TokenType');
  }
}
