import type { ClientKind, SecuritySettingsPolicy, TlsClientAuthPolicy } from '../../../lib/declaration/client-app';
import { TLS_CLIENT_AUTH_TYPES } from '../../../lib/declaration/options/tls-client-auth-type';
import { optional } from '../../../lib/options/option';
import { type Found, SECURITY } from './found';
import { ipRanges } from './oauth-settings';

/** Undocumented settings, where the record states any. */
export function securitySettingsOption(found: Found, kind: ClientKind) {
  const settings: SecuritySettingsPolicy = {
    ...optional('tokenIpRanges', ipRanges(found, SECURITY, 'tokenIpRanges')),
    ...(kind !== 'public' && optional('tlsClientAuth', tlsClientAuth(found))),
  };
  return Object.keys(settings).length > 0 ? { securitySettings: settings } : {};
}

function tlsClientAuth(found: Found): TlsClientAuthPolicy | undefined {
  const stated = found.text(SECURITY, 'tlsClientAuthCertParamType');
  const value = found.text(SECURITY, 'tlsClientAuthCertParamValue');
  const type = TLS_CLIENT_AUTH_TYPES.find((name) => name === stated);
  return type === undefined || value === undefined ? undefined : { type, value };
}
