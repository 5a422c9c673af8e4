import type { ClientApp } from '../../declaration/client-app';
import type { DeclaredComponent, FieldValue } from '../component';
import { packRefreshTokenPolicy } from '../connected-app/refresh-token-policy';
import { connectedAppScope, IP_RELAXATION } from '../connected-app/words';
import { clientCredentials, MACHINE_CALLBACK_URL } from './consumer';
import { attributes } from './oauth-settings';
import { byDefault, byDefaultOff, NOTHING, owned, put, stated, type Fields } from './owned';

/**
 * A Connected App declaration as its one component, managed fields only. Every field that decides about security and that
 * the version has is present.
 */
export function connectedAppComponent(app: ClientApp, managedBy: string, apiVersion: number): DeclaredComponent {
  const fields: Fields = {
    ...header(app, managedBy),
    ...consumer(app, apiVersion),
    ...parts(app),
    ...policies(app),
  };
  return { type: 'ConnectedApp', fullName: app.apiName, fields };
}

function header(app: ClientApp, managedBy: string): Fields {
  const fields: Fields = {
    label: stated(app.label),
    contactEmail: stated(app.contactEmail),
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

/** The OAuth consumer: callback URLs, scopes, certificate, switches of the flows. */
function consumer(app: ClientApp, apiVersion: number): Fields {
  const machine = app.kind === 'machine';
  const flow = machine ? byDefaultOff : app.codeAndCredentials;
  const secretInExchange = app.tokenExchange.value.enabled && app.tokenExchange.value.requireSecret;
  const runAs = machine ? app.clientCredentials?.runAs : undefined;
  const switches: Fields = {
    callbackUrl: machine ? byDefault([MACHINE_CALLBACK_URL]) : stated(app.callbackUrls),
    scopes: stated(app.scopes.map(connectedAppScope).sort()),
    isAdminApproved: stated(app.permittedUsers.policy === 'pre-authorized'),
    isConsumerSecretOptional: owned(app.requireSecretForWebServerFlow, !app.requireSecretForWebServerFlow.value),
    isSecretRequiredForRefreshToken: owned(
      app.requireSecretForRefreshTokenFlow,
      app.requireSecretForRefreshTokenFlow.value,
    ),
    isPkceRequired: owned(app.requirePkce, app.requirePkce.value),
    isRefreshTokenRotationEnabled: owned(app.rotateRefreshTokens, app.rotateRefreshTokens.value),
    isIntrospectAllTokens: owned(app.introspectAllTokens, app.introspectAllTokens.value),
    isTokenExchangeEnabled: owned(app.tokenExchange, app.tokenExchange.value.enabled),
    isSecretRequiredForTokenExchange: owned(app.tokenExchange, secretInExchange),
    isNamedUserJwtEnabled: owned(app.accessToken, app.accessToken.value.format === 'jwt'),
    isCodeCredentialEnabled: owned(flow, flow.value.enabled),
    isCodeCredentialPostOnly: owned(flow, flow.value.enabled && flow.value.postBodyOnly),
    isClientCredentialEnabled: clientCredentials(app),
    oauthClientCredentialUser: runAs === undefined ? NOTHING : stated(runAs),
  };
  // Before this version, whether the device flow is on is decided in Setup.
  if (apiVersion >= 68) switches['isDeviceFlowEnabled'] = owned(app.deviceFlow, app.deviceFlow.value);
  put(switches, 'isDPopEnabled', app.dpop);
  put(switches, 'isEnforceRefreshTokenTTL', app.limitIdleRefreshTokens);
  put(switches, 'isIpBindingEnabled', app.ipBinding);
  put(switches, 'isPKImTLSEnabled', app.pkiMutualTls);
  put(switches, 'singleLogoutUrl', app.singleLogoutUrl);
  if (machine) put(switches, 'certificate', app.certificate?.base64);
  if (app.idToken) put(switches, 'idTokenConfig', idTokenConfig(app.idToken));
  if (app.assetToken) put(switches, 'assetTokenConfig', assetTokenConfig(app.assetToken));
  return Object.fromEntries(Object.entries(switches).map(([name, value]) => [`oauthConfig.${name}`, value]));
}

function idTokenConfig(idToken: NonNullable<ClientApp['idToken']>): FieldValue {
  return {
    idTokenValidity: idToken.validityMinutes,
    ...(idToken.audiences !== undefined && { idTokenAudience: idToken.audiences }),
    ...(idToken.includeStandardClaims !== undefined && { idTokenIncludeStandardClaims: idToken.includeStandardClaims }),
    ...(idToken.includeCustomAttributes !== undefined && { idTokenIncludeAttributes: idToken.includeCustomAttributes }),
    ...(idToken.includeCustomPermissions !== undefined && {
      idTokenIncludeCustomPerms: idToken.includeCustomPermissions,
    }),
  };
}

const assetTokenConfig = (assetToken: NonNullable<ClientApp['assetToken']>): FieldValue => ({
  assetAudiences: assetToken.audiences,
  assetIncludeAttributes: assetToken.includeCustomAttributes,
  assetIncludeCustomPerms: assetToken.includeCustomPermissions,
  assetSigningCertId: assetToken.signingCertificate,
  assetValidityPeriod: assetToken.validitySeconds,
});

function parts(app: ClientApp): Fields {
  const fields: Fields = {};
  put(
    fields,
    'ipRanges',
    app.trustedIpRanges?.map(({ start, end, description }) => ({
      start,
      end,
      ...(description !== undefined && { description }),
    })),
  );
  put(fields, 'attributes', attributes(app.customAttributes));
  put(fields, 'startUrl', app.startUrl);
  put(fields, 'mobileStartUrl', app.mobileStartUrl);
  put(fields, 'plugin', app.apexHandler?.className);
  put(fields, 'pluginExecutionUser', app.apexHandler?.executeAs);
  return fields;
}

/** What the admins of this org allow: who, from where, for how long. */
function policies(app: ClientApp): Fields {
  const permitted = app.permittedUsers;
  const preAuthorized = permitted.policy === 'pre-authorized';
  const token = app.accessToken.value;
  const fields: Fields = {
    permissionSetName: stated(preAuthorized ? permitted.permissionSets : []),
    'oauthPolicy.ipRelaxation': owned(app.ipRelaxation, IP_RELAXATION[app.ipRelaxation.value]),
    'oauthPolicy.refreshTokenPolicy': owned(app.refreshToken, packRefreshTokenPolicy(app.refreshToken.value)),
    'oauthPolicy.isTokenExchangeFlowEnabled': owned(app.tokenExchange, app.tokenExchange.value.enabled),
    'sessionPolicy.sessionTimeout':
      token.format === 'opaque' ? owned(app.accessToken, token.sessionTimeoutMinutes) : NOTHING,
  };
  // Salesforce refuses lists of an app that users approve for themselves.
  if (!preAuthorized) fields['profileName'] = NOTHING;
  else put(fields, 'profileName', permitted.profiles);
  put(fields, 'oauthPolicy.singleLogoutUrl', app.adminPolicies?.singleLogoutUrl);
  // There is no word for an ordinary login but none.
  if (app.requiredSessionLevel === 'STANDARD') fields['sessionPolicy.sessionLevel'] = stated([]);
  else put(fields, 'sessionPolicy.sessionLevel', app.requiredSessionLevel);
  put(fields, 'sessionPolicy.policyAction', app.sessionLevelAction);
  return fields;
}
