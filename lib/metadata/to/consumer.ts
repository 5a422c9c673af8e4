import type { ClientApp } from '../../declaration/client-app';
import type { FieldValue, OwnedValue } from '../component';
import { byDefault, byDefaultOff, owned, put, stated, type Fields } from './owned';

/**
 * A machine never receives an authorization code, but Setup wants a callback URL for every OAuth app. This one can
 * deliver a code to nobody: RFC 6761 reserves `.invalid`, so the host never resolves.
 */
export const MACHINE_CALLBACK_URL = 'https://no-callback.invalid/';

/** The OAuth consumer: callback URLs, certificate, switches of the flows. */
export function consumerFields(app: ClientApp, apiVersion: number): Fields {
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
  put(fields, 'isDPopEnabled', app.dpop);
  put(fields, 'isMtlsEnabled', app.mutualTls);
  put(fields, 'isEnforceRefreshTokenTTL', app.limitIdleRefreshTokens);
  if (machine) put(fields, 'certificate', app.certificate?.base64);
  if (app.idToken) put(fields, 'idTokenConfig', idTokenConfig(app.idToken));
  return fields;
}

/** Both halves of the switch: the developer's in the consumer, the admin's in the policies. */
export function clientCredentials(app: ClientApp): OwnedValue {
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
