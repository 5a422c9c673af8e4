import type { ClientApp, Setting } from '../declaration/client-app';
import type { DeclaredComponent, FieldValue, OwnedValue } from './component';

type Fields = Record<string, OwnedValue>;

/** The names new satellites get (D4); Setup itself uses the same ones. */
export const SATELLITE_SUFFIX = {
  ExtlClntAppGlobalOauthSettings: '_glbloauth',
  ExtlClntAppOauthSettings: '_oauth',
  ExtlClntAppOauthConfigurablePolicies: '_oauthPlcy',
  ExtlClntAppConfigurablePolicies: '_plcy',
} as const;

type SatelliteType = keyof typeof SATELLITE_SUFFIX;

const stated = (value: FieldValue): OwnedValue => ({ value, ownership: 'stated' });
const byDefault = (value: FieldValue): OwnedValue => ({ value, ownership: 'default' });
const owned = <T>(setting: Setting<T>, value: FieldValue): OwnedValue => ({ value, ownership: setting.origin });

/** Declares that a field has no value: leftovers of another configuration would make Salesforce refuse this one. */
const NOTHING: OwnedValue = byDefault([]);

function put(fields: Fields, name: string, value: FieldValue | undefined): void {
  if (value !== undefined) fields[name] = stated(value);
}

/**
 * An External Client App declaration as the components Salesforce knows, managed fields only. Every field that decides
 * about security is present, whatever the platform's own default would be. `managedBy` is the id of the manifest.
 */
export function toComponents(app: ClientApp, managedBy: string, apiVersion: number): readonly DeclaredComponent[] {
  return [
    { type: 'ExternalClientApplication', fullName: app.apiName, fields: header(app, managedBy) },
    satellite(app, 'ExtlClntAppGlobalOauthSettings', globalSettings(app, apiVersion)),
    satellite(app, 'ExtlClntAppOauthSettings', oauthSettings(app)),
    satellite(app, 'ExtlClntAppOauthConfigurablePolicies', oauthPolicies(app, apiVersion)),
    satellite(app, 'ExtlClntAppConfigurablePolicies', policies(app)),
  ];
}

function satellite(app: ClientApp, type: SatelliteType, fields: Fields): DeclaredComponent {
  return { type, fullName: `${app.apiName}${SATELLITE_SUFFIX[type]}`, fields };
}

function header(app: ClientApp, managedBy: string): Fields {
  const fields: Fields = {
    label: stated(app.label),
    contactEmail: stated(app.contactEmail),
    distributionState: byDefault('Local'),
    managedBy: byDefault(managedBy),
  };
  put(fields, 'description', app.description);
  put(fields, 'contactPhone', app.contactPhone);
  put(fields, 'infoUrl', app.infoUrl);
  put(fields, 'logoUrl', app.logoUrl);
  put(fields, 'iconUrl', app.iconUrl);
  if (app.kind === 'machine') put(fields, 'certificateFingerprint', app.certificate?.fingerprint);
  return fields;
}

/**
 * A machine never receives an authorization code, but Setup wants a callback URL for every OAuth app. This one can
 * deliver a code to nobody: RFC 6761 reserves `.invalid`, so the host never resolves.
 */
export const MACHINE_CALLBACK_URL = 'https://no-callback.invalid/';

function globalSettings(app: ClientApp, apiVersion: number): Fields {
  const machine = app.kind === 'machine';
  const fields: Fields = {
    callbackUrl: machine ? byDefault([MACHINE_CALLBACK_URL]) : stated(app.callbackUrls),
    isConsumerSecretOptional: owned(app.requireSecretForWebServerFlow, !app.requireSecretForWebServerFlow.value),
    isSecretRequiredForRefreshToken: owned(
      app.requireSecretForRefreshTokenFlow,
      app.requireSecretForRefreshTokenFlow.value,
    ),
    isPkceRequired: owned(app.requirePkce, app.requirePkce.value),
    isRefreshTokenRotationEnabled: owned(app.rotateRefreshTokens, app.rotateRefreshTokens.value),
    isIntrospectAllTokens: owned(app.introspectAllTokens, app.introspectAllTokens.value),
    isDeviceFlowEnabled: owned(app.deviceFlow, app.deviceFlow.value),
    isTokenExchangeEnabled: owned(app.tokenExchange, app.tokenExchange.value.enabled),
    isSecretRequiredForTokenExchange: owned(
      app.tokenExchange,
      app.tokenExchange.value.enabled && app.tokenExchange.value.requireSecret,
    ),
    isClientCredentialsFlowEnabled: clientCredentials(app),
  };
  if (apiVersion >= 61) {
    fields['isNamedUserJwtEnabled'] = owned(app.accessToken, app.accessToken.value.format === 'jwt');
    const flow = machine ? byDefaultOff : app.codeAndCredentials;
    fields['isCodeCredFlowEnabled'] = owned(flow, flow.value.enabled);
    fields['isCodeCredPostOnly'] = owned(flow, flow.value.enabled && flow.value.postBodyOnly);
  }
  if (machine) put(fields, 'certificate', app.certificate?.base64);
  if (app.idToken) put(fields, 'idTokenConfig', idTokenConfig(app.idToken));
  return fields;
}

const byDefaultOff = { value: { enabled: false }, origin: 'default' } as const;

function clientCredentials(app: ClientApp): OwnedValue {
  return app.kind === 'machine' && app.clientCredentials ? stated(true) : byDefault(false);
}

function idTokenConfig(idToken: NonNullable<ClientApp['idToken']>): FieldValue {
  return {
    idTokenValidityInMinutes: idToken.validityMinutes,
    ...(idToken.audiences !== undefined && { idTokenAudience: idToken.audiences }),
    ...(idToken.includeStandardClaims !== undefined && { idTokenIncludeStandardClaims: idToken.includeStandardClaims }),
    ...(idToken.includeCustomAttributes !== undefined && { idTokenIncludeAttributes: idToken.includeCustomAttributes }),
    ...(idToken.includeCustomPermissions !== undefined && {
      idTokenIncludeCustomPermissions: idToken.includeCustomPermissions,
    }),
  };
}

function oauthSettings(app: ClientApp): Fields {
  const fields: Fields = { commaSeparatedOauthScopes: stated(app.scopes) };
  put(fields, 'commaSeparatedCustomScopes', app.customScopes);
  put(fields, 'singleLogoutUrl', app.singleLogoutUrl);
  put(
    fields,
    'trustedIpRanges',
    app.trustedIpRanges?.map((range) => ({
      startIpAddress: range.start,
      endIpAddress: range.end,
      ...(range.description !== undefined && { description: range.description }),
    })),
  );
  put(
    fields,
    'customAttributes',
    app.customAttributes?.map(({ key, formula }) => ({ key, formula })),
  );
  return fields;
}

function oauthPolicies(app: ClientApp, apiVersion: number): Fields {
  const permitted = app.permittedUsers;
  const preAuthorized = permitted.policy === 'pre-authorized';
  const fields: Fields = {
    permittedUsersPolicyType: stated(preAuthorized ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized'),
    commaSeparatedPermissionSet: stated(preAuthorized ? permitted.permissionSets : []),
    ipRelaxationPolicyType: owned(app.ipRelaxation, app.ipRelaxation.value),
    refreshTokenPolicyType: owned(app.refreshToken, app.refreshToken.value.type),
    isClientCredentialsFlowEnabled: clientCredentials(app),
    isTokenExchangeFlowEnabled: owned(app.tokenExchange, app.tokenExchange.value.enabled),
  };
  if ('period' in app.refreshToken.value) {
    fields['refreshTokenValidityPeriod'] = owned(app.refreshToken, app.refreshToken.value.period);
    fields['refreshTokenValidityUnit'] = owned(app.refreshToken, app.refreshToken.value.unit);
  }
  if (preAuthorized && permitted.profiles) put(fields, 'commaSeparatedProfile', permitted.profiles);
  const runAs = app.kind === 'machine' ? app.clientCredentials?.runAs : undefined;
  fields['clientCredentialsFlowUser'] = runAs === undefined ? NOTHING : stated(runAs);
  put(fields, 'startUrl', app.startUrl);
  put(fields, 'requiredSessionLevel', app.requiredSessionLevel);
  Object.assign(fields, accessTokenLifetime(app, apiVersion), guestFlow(app, apiVersion));
  return fields;
}

/** Opaque tokens have a session timeout, JWTs a timeout of their own; the platform refuses the mixture (D17). */
function accessTokenLifetime(app: ClientApp, apiVersion: number): Fields {
  const token = app.accessToken.value;
  if (token.format === 'opaque') {
    return {
      sessionTimeoutInMinutes: owned(app.accessToken, token.sessionTimeoutMinutes),
      ...(apiVersion >= 61 && { namedUserJwtTimeout: NOTHING }),
      ...(apiVersion >= 65 && { namedUserJwtSessionTimeoutType: NOTHING }),
    };
  }
  const timeout = {
    sessionTimeoutInMinutes: NOTHING,
    namedUserJwtTimeout: owned(app.accessToken, token.timeoutMinutes),
  };
  return apiVersion >= 65 ? { ...timeout, namedUserJwtSessionTimeoutType: owned(app.accessToken, 'Custom') } : timeout;
}

function guestFlow(app: ClientApp, apiVersion: number): Fields {
  if (apiVersion < 61) return {};
  const flow = app.kind === 'machine' ? byDefaultOff : app.codeAndCredentials;
  const guest = flow.value.enabled && 'guest' in flow.value ? flow.value.guest : undefined;
  const fields: Fields = { isGuestCodeCredFlowEnabled: owned(flow, guest !== undefined) };
  if (!guest) {
    fields['guestJwtTimeout'] = NOTHING;
    if (apiVersion >= 65) fields['guestJwtSessionTimeoutType'] = NOTHING;
    return fields;
  }
  put(fields, 'guestJwtTimeout', guest.timeoutMinutes);
  if (apiVersion >= 65) put(fields, 'guestJwtSessionTimeoutType', 'Custom');
  return fields;
}

function policies(app: ClientApp): Fields {
  return {
    isEnabled: byDefault(true),
    isOauthPluginEnabled: byDefault(true),
    ...(app.startUrl !== undefined && { startPage: stated('OAuth') }),
  };
}
