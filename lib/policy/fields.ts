import type { Platform } from '../declaration/client-app';
import { type Owner, placeOf, type SettingName, SETTINGS } from '../options/settings';
import type { AppFieldName, OrgFieldName } from './posture';

type Several = readonly [SettingName, ...SettingName[]];

/** Fields that several settings make. Every other one is the setting of its name. */
const MADE_OF = {
  customAttributes: ['customAttributes', 'adminCustomAttributes'],
  refreshTokenPolicy: ['refreshTokenType', 'refreshTokenPeriod', 'refreshTokenUnit', 'packedRefreshTokenPolicy'],
  saml: ['samlSigning', 'samlEncryption', 'samlEncryptionCertificate'],
  singleLogoutUrl: ['singleLogoutUrl', 'adminSingleLogoutUrl'],
} as const satisfies Partial<Record<AppFieldName, Several>>;

const isMade = (name: AppFieldName): name is keyof typeof MADE_OF => name in MADE_OF;
const settingsOf = (name: AppFieldName): Several => (isMade(name) ? MADE_OF[name] : [name]);

/** Where the org-wide settings stand. */
export const ORG_FIELDS: Readonly<Record<OrgFieldName, string>> = {
  adminApprovedAppsOnly: 'ConnectedAppSettings.enableAdminApprovedAppsOnly',
  anyApiClientHolders: 'PermissionSet.PermissionsUseAnyApiClient',
  blocksUsernamePasswordFlow: 'OauthOidcSettings.blockOAuthUnPwFlow',
  blocksUserAgentFlow: 'OauthOidcSettings.blockOAuthUsrAgtFlow',
  codeAndCredentialsAllowed: 'OauthOidcSettings.oAuthCdCrdtFlowEnable',
  pkceRequired: 'OauthOidcSettings.isPkceRequired',
  secretsViaMetadataApi: 'ExternalClientAppSettings.enableConsumerSecretApiAccess',
  secretsViaRestApi: 'ExternalClientAppSettings.enableClientSecretInRestApiAccess',
};

/** The metadata fields behind a setting on a platform, as `Type.field`. */
export const placesOf = (name: AppFieldName, platform: Platform): readonly string[] => [
  ...new Set(
    settingsOf(name).flatMap((each) => {
      const place = placeOf(SETTINGS[each], platform);
      return place ? [`${place.type}.${place.field}`] : [];
    }),
  ),
];

/** Who may change it. */
export const ownerOf = (name: AppFieldName): Owner => SETTINGS[settingsOf(name)[0]].owner;
