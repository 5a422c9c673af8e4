import type { ClientApp } from '../../declaration/client-app';
import { clientCredentials } from './consumer';
import { attributes } from './oauth-settings';
import { byDefaultOff, NOTHING, owned, put, stated, type Fields } from './owned';

/** What the admins of this org allow: who, from where, for how long. */
export function oauthPoliciesFields(app: ClientApp, apiVersion: number): Fields {
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
  put(fields, 'policyAction', app.sessionLevelAction);
  put(fields, 'apexHandler', app.apexHandler?.className);
  put(fields, 'executeHandlerAs', app.apexHandler?.executeAs);
  put(fields, 'commaSeparatedCustomScopes', app.adminPolicies?.customScopes);
  put(fields, 'customAttributes', attributes(app.adminPolicies?.customAttributes));
  put(fields, 'singleLogoutUrl', app.adminPolicies?.singleLogoutUrl);
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
  const forSession = token.timeoutMinutes === 'user-session';
  const timeout = {
    sessionTimeoutInMinutes: NOTHING,
    namedUserJwtTimeout:
      token.timeoutMinutes === 'user-session' ? NOTHING : owned(app.accessToken, token.timeoutMinutes),
  };
  if (apiVersion < 65) return timeout;
  return { ...timeout, namedUserJwtSessionTimeoutType: owned(app.accessToken, forSession ? 'UserSession' : 'Custom') };
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
