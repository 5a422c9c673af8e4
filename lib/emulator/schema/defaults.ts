import { type Fields, type FieldValue, isFields } from '../fields';
import { fieldKnown, schemaOf } from './schema';
import { CONNECTED_APP, GLOBAL, HEADER, OAUTH, OAUTH_POLICY, POLICY } from './types';

/** What a field is when no one stated it, where that is not false or absent. */
const DEFAULTS: Readonly<Record<string, Fields>> = {
  [HEADER]: { distributionState: 'Local', isProtected: false },
  [GLOBAL]: { isPkceRequired: true, isSecretRequiredForRefreshToken: true },
  [OAUTH]: { isFirstPartyAppEnabled: false },
  [POLICY]: { isEnabled: true, isOauthPluginEnabled: true, startPage: 'None' },
  [OAUTH_POLICY]: {
    ipRelaxationPolicyType: 'Enforce',
    isClientCredentialsFlowEnabled: false,
    isGuestCodeCredFlowEnabled: false,
    isNamedUserJwtEnabled: false,
    isTokenExchangeFlowEnabled: false,
    permittedUsersPolicyType: 'AllSelfAuthorized',
    requiredSessionLevel: 'STANDARD',
  },
  ExtlClntAppSamlConfigurablePolicies: { nameIdFormat: 'Unspecified' },
  [CONNECTED_APP]: { oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'infinite' } },
  ConnectedAppOauthConfig: { isSecretRequiredForRefreshToken: true },
  OauthOidcSettings: {
    blockOAuthUnPwFlow: false,
    blockOAuthUsrAgtFlow: false,
    isPkceRequired: false,
    oAuthCdCrdtFlowEnable: false,
  },
};

/** Types of which every boolean of the reading version is written out, stated or not. */
const ALL_BOOLEANS: readonly string[] = [GLOBAL, 'ConnectedAppOauthConfig', 'ConnectedAppSettings'];

/** The refresh token policy of a policy record that leaves it out: a year's lifetime, or 30 idle days. */
export function refreshTokenDefaults(idle30: boolean): Fields {
  return idle30
    ? { refreshTokenPolicyType: 'SpecificInactivity', refreshTokenValidityPeriod: 30, refreshTokenValidityUnit: 'Days' }
    : { refreshTokenPolicyType: 'SpecificLifetime', refreshTokenValidityPeriod: 365, refreshTokenValidityUnit: 'Days' };
}

/** Whether the platform writes out this field even when no one stated it. */
function filledIn(typeName: string): Fields {
  const schema = schemaOf(typeName);
  const filled: Record<string, FieldValue> = {};
  if (ALL_BOOLEANS.includes(typeName)) {
    for (const field of schema?.fields.values() ?? []) if (field.type === 'boolean') filled[field.name] = false;
  }
  return { ...filled, ...DEFAULTS[typeName] };
}

/** The fields with every default the platform fills in, nested records included; versions are not looked at. */
export function withDefaults(typeName: string, fields: Fields): Fields {
  const schema = schemaOf(typeName);
  const result: Record<string, FieldValue> = { ...filledIn(typeName), ...fields };
  for (const [name, value] of Object.entries(result)) {
    const type = schema?.fields.get(name)?.type;
    if (type !== undefined && isFields(value)) result[name] = withDefaults(type, value);
  }
  return result;
}

/** What a replaced record keeps of the one before: the fields that the writing version does not know. */
export function unknownTo(version: number, typeName: string, fields: Fields): Fields {
  const schema = schemaOf(typeName);
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => {
      const field = schema?.fields.get(name);
      return field !== undefined && !fieldKnown(field, version);
    }),
  );
}
