import type { TlsClientAuthTypeName } from '../client-app';
import { brand, hasBrand } from './brand';

/** Salesforce's literals. */
export const TLS_CLIENT_AUTH_TYPES: readonly TlsClientAuthTypeName[] = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
  'tls_client_auth_san_spiffe',
];

/** The part of a client's certificate that mutual TLS compares, after RFC 8705, section 2.1.2. */
export class TlsClientAuthType {
  /** The distinguished name of the subject. */
  static readonly SUBJECT_DN = new TlsClientAuthType('tls_client_auth_subject_dn');
  /** A DNS name among the alternative names. */
  static readonly SAN_DNS = new TlsClientAuthType('tls_client_auth_san_dns');
  /** A URI among the alternative names. */
  static readonly SAN_URI = new TlsClientAuthType('tls_client_auth_san_uri');
  /** An IP address among the alternative names. */
  static readonly SAN_IP = new TlsClientAuthType('tls_client_auth_san_ip');
  /** An e-mail address among the alternative names. */
  static readonly SAN_EMAIL = new TlsClientAuthType('tls_client_auth_san_email');
  /** A SPIFFE id among the alternative names; it is not part of the RFC. */
  static readonly SAN_SPIFFE = new TlsClientAuthType('tls_client_auth_san_spiffe');

  /** The word that Salesforce stores. */
  readonly type: TlsClientAuthTypeName;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'TlsClientAuthType';

  private constructor(type: TlsClientAuthTypeName) {
    this.type = type;
    brand(this, 'TlsClientAuthType');
  }

  /** True for a TlsClientAuthType, whichever copy of this package made it. */
  static is(value: unknown): value is TlsClientAuthType {
    return hasBrand(value, 'TlsClientAuthType');
  }
}
