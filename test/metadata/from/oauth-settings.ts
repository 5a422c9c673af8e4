import type {
  AssetTokenPolicy,
  CustomAttribute,
  FirstPartyAppPolicy,
  IpRange,
} from '../../../lib/declaration/client-app';
import { optional } from '../../../lib/options/option';
import { parsed } from './consumer';
import { type Found, SETTINGS } from './found';

/** Scopes and what else comes with the app. */
export function settingsOptions(found: Found) {
  return {
    scopes: found.texts(SETTINGS, 'commaSeparatedOauthScopes') ?? [],
    ...optional('customScopes', found.texts(SETTINGS, 'commaSeparatedCustomScopes')),
    ...optional('trustedIpRanges', ipRanges(found, SETTINGS, 'trustedIpRanges')),
    ...optional('customAttributes', attributes(found, SETTINGS)),
    ...optional('assetToken', assetToken(found)),
    ...optional('firstPartyApp', firstPartyApp(found)),
  };
}

/** A list of ranges, as a declaration has it. */
export function ipRanges(found: Found, type: string, field: string): readonly IpRange[] | undefined {
  return found.rows(type, field)?.map((row) => ({
    start: String(row['startIpAddress'] ?? ''),
    end: String(row['endIpAddress'] ?? ''),
    ...(row['description'] !== undefined && { description: String(row['description']) }),
  }));
}

/** Attributes by key, as a declaration has them. */
export function attributes(found: Found, type: string): readonly CustomAttribute[] | undefined {
  const rows = found.rows(type, 'customAttributes');
  const list = rows?.map((row) => ({ key: String(row['key'] ?? ''), formula: String(row['formula'] ?? '') }));
  return list?.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function assetToken(found: Found): AssetTokenPolicy | undefined {
  const audiences = found.text(SETTINGS, 'assetTokenAudiences');
  const signingCertificate = found.text(SETTINGS, 'assetTokenSigningCertificate');
  const validitySeconds = found.integer(SETTINGS, 'assetTokenValidity');
  if (audiences === undefined || signingCertificate === undefined || validitySeconds === undefined) return undefined;
  if (validitySeconds < 60 || validitySeconds % 60 !== 0) {
    found.refuse(SETTINGS, 'assetTokenValidity', `${validitySeconds} seconds are no whole number of minutes`);
  }
  return {
    audiences,
    signingCertificate,
    validitySeconds,
    includeCustomAttributes: found.flag(SETTINGS, 'areAttributesIncludedInAssetToken') ?? false,
    includeCustomPermissions: found.flag(SETTINGS, 'areCustomPermsIncludedInAssetToken') ?? false,
  };
}

function firstPartyApp(found: Found): FirstPartyAppPolicy | undefined {
  const enabled = found.flag(SETTINGS, 'isFirstPartyAppEnabled');
  if (enabled !== true) return enabled === undefined ? undefined : { enabled };
  const text = found.text(SETTINGS, 'clientAssertionCertificate');
  if (text === undefined) {
    found.refuse(SETTINGS, 'clientAssertionCertificate', 'native login is on and has no certificate');
    return undefined;
  }
  const certificate = parsed(found, SETTINGS, 'clientAssertionCertificate', text);
  return certificate && { enabled, clientAssertionCertificate: certificate };
}
