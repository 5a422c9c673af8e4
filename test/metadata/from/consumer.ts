import type { CodeAndCredentialsPolicy, Setting, TokenExchangePolicy } from '../../../lib/declaration/client-app';
import { NO_CERTIFICATE } from '../../../lib/metadata/ownership-line';
import type { Values } from '../../../lib/options/client-app';
import { GUEST_JWT_TIMEOUT_MINUTES } from '../../../lib/options/code-and-credentials';
import { ID_TOKEN_VALIDITY_MINUTES } from '../../../lib/options/id-token';
import { optional } from '../../../lib/options/option';
import { Certificate } from '../../../lib/values/certificate';
import { CONSUMER, type Found, HEADER, POLICIES } from './found';

/** Switches of the OAuth consumer that every kind has. */
export function consumerOptions(found: Found, secure: Values) {
  const on = (field: string, { value }: Setting<boolean>) => found.switch(CONSUMER, field, value);
  return {
    requirePkce: on('isPkceRequired', secure.requirePkce),
    // Salesforce stores the opposite.
    requireSecretForWebServerFlow: found.switch(
      CONSUMER,
      'isConsumerSecretOptional',
      secure.requireSecretForWebServerFlow.value,
      (secretOptional) => !secretOptional,
    ),
    requireSecretForRefreshTokenFlow: on('isSecretRequiredForRefreshToken', secure.requireSecretForRefreshTokenFlow),
    rotateRefreshTokens: on('isRefreshTokenRotationEnabled', secure.rotateRefreshTokens),
    introspectAllTokens: on('isIntrospectAllTokens', secure.introspectAllTokens),
    deviceFlow: on('isDeviceFlowEnabled', secure.deviceFlow),
    tokenExchange: tokenExchange(found, secure),
    ...optional('idToken', idToken(found)),
  };
}

function tokenExchange(found: Found, secure: Values): Setting<TokenExchangePolicy> {
  const owned = found.owned(CONSUMER, 'isTokenExchangeEnabled');
  if (typeof owned?.value !== 'boolean') return secure.tokenExchange;
  const requireSecret = found.flag(CONSUMER, 'isSecretRequiredForTokenExchange') ?? false;
  return { value: owned.value ? { enabled: true, requireSecret } : { enabled: false }, origin: owned.ownership };
}

/** The Authorization Code and Credentials Flow, whose guest variant is a policy. */
export function codeAndCredentials(found: Found, secure: Values): Setting<CodeAndCredentialsPolicy> {
  const owned = found.owned(CONSUMER, 'isCodeCredFlowEnabled');
  if (typeof owned?.value !== 'boolean') return secure.codeAndCredentials;
  if (!owned.value) return { value: { enabled: false }, origin: owned.ownership };
  const postBodyOnly = found.flag(CONSUMER, 'isCodeCredPostOnly') ?? false;
  const withGuest = found.flag(POLICIES, 'isGuestCodeCredFlowEnabled') === true;
  const timeoutMinutes = found.integer(POLICIES, 'guestJwtTimeout') ?? GUEST_JWT_TIMEOUT_MINUTES;
  return {
    value: { enabled: true, postBodyOnly, ...(withGuest && { guest: { timeoutMinutes } }) },
    origin: owned.ownership,
  };
}

function idToken(found: Found) {
  const record = found.record(CONSUMER, 'idTokenConfig');
  if (!record) return undefined;
  const flag = (name: string) => (typeof record[name] === 'boolean' ? record[name] : undefined);
  const { idTokenValidityInMinutes: minutes, idTokenAudience: audiences } = record;
  return {
    validityMinutes: typeof minutes === 'number' ? minutes : ID_TOKEN_VALIDITY_MINUTES,
    ...optional('audiences', typeof audiences === 'string' ? audiences : undefined),
    ...optional('includeStandardClaims', flag('idTokenIncludeStandardClaims')),
    ...optional('includeCustomAttributes', flag('idTokenIncludeAttributes')),
    ...optional('includeCustomPermissions', flag('idTokenIncludeCustomPermissions')),
  };
}

/** How a machine signs in. A certificate that the org does not give back has to come from elsewhere. */
export function waysIn(found: Found, known: Certificate | undefined) {
  const text = found.text(CONSUMER, 'certificate');
  const certificate = text === undefined ? known : parsed(found, CONSUMER, 'certificate', text);
  const onRecord = found.text(HEADER, 'certificateFingerprint');
  const fingerprint = onRecord === NO_CERTIFICATE ? undefined : onRecord;
  if (fingerprint !== undefined && certificate?.fingerprint !== fingerprint) {
    const problem = 'the org holds a certificate that it does not give back; its file is needed';
    found.refuse(CONSUMER, 'certificate', `${problem} (SHA-256 ${fingerprint})`);
  }
  const runAs = found.text(POLICIES, 'clientCredentialsFlowUser');
  const enabled = found.flag(CONSUMER, 'isClientCredentialsFlowEnabled') === true;
  if (enabled && runAs === undefined) {
    found.refuse(POLICIES, 'clientCredentialsFlowUser', 'the client credentials flow is on and has no run-as user');
  }
  if (!enabled && !certificate && fingerprint === undefined) {
    found.refuse(CONSUMER, 'certificate', 'the app has neither a certificate nor the client credentials flow');
  }
  return {
    ...optional('certificate', certificate),
    ...(enabled && runAs !== undefined && { clientCredentials: { runAs } }),
  };
}

/** A certificate as the org gives it. */
export function parsed(found: Found, type: string, field: string, text: string): Certificate | undefined {
  const certificate = Certificate.parse(text);
  if (certificate.ok) return certificate.value;
  found.refuse(type, field, certificate.error);
  return undefined;
}
