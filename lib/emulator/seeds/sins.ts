import { CERTIFICATE } from './certificate';
import type { SeedFields } from './metadata-files';

/** What one habit of ten years puts into the records of an app, on each platform. Undefined takes a field away. */
export interface Sin {
  readonly app?: SeedFields;
  readonly consumer?: SeedFields;
  readonly oauth?: SeedFields;
  readonly policies?: SeedFields;
  readonly oauthPolicies?: SeedFields;
  /** Of a Connected App: the record, its `oauthConfig` and its `oauthPolicy`. */
  readonly record?: SeedFields;
  readonly config?: SeedFields;
  readonly policy?: SeedFields;
}

/** The same words on both platforms. */
const both = (fields: SeedFields): Sin => ({ consumer: fields, config: fields });
const scopes = (...names: readonly string[]): Sin => ({
  oauth: { commaSeparatedOauthScopes: names.join(', ') },
  config: { scopes: names },
});
const refresh = (type: string, period?: number, unit = 'Days'): Sin => ({
  oauthPolicies: {
    refreshTokenPolicyType: type,
    refreshTokenValidityPeriod: period,
    refreshTokenValidityUnit: period === undefined ? undefined : unit,
  },
  policy: {
    refreshTokenPolicy:
      period === undefined
        ? type.toLowerCase()
        : `${type.replace('Specific', 'specific_').toLowerCase()}:${period}:${unit.toUpperCase()}`,
  },
});

export const noPkce = both({ isPkceRequired: false });
export const pkce = both({ isPkceRequired: true });
export const rotation = both({ isRefreshTokenRotationEnabled: true });
export const noRotation = both({ isRefreshTokenRotationEnabled: false });
export const introspectsAll = both({ isIntrospectAllTokens: true });
export const infinite = refresh('Infinite');
export const noRefresh = refresh('Zero');
export const sevenDays = refresh('SpecificInactivity', 7);
export const ninetyDays = refresh('SpecificLifetime', 90);
export const full = scopes('Full', 'RefreshToken');
export const wide = scopes('Api', 'Web', 'Wave', 'Content', 'CustomPermissions', 'RefreshToken');
export const login = scopes('OpenID', 'Email', 'Profile');
export const apiOnly = scopes('Api');

/** Spelled as tools of those years did. */
export const oddlySpelled: Sin = {
  oauth: { commaSeparatedOauthScopes: 'RefreshToken,Api,  Web' },
  config: { scopes: ['OfflineAccess', 'Api'] },
};

const callback = (...urls: readonly string[]): Sin => both({ callbackUrl: urls.join('\n') });
export const overHttp = callback('http://intranet.acme.example/callback');
export const localhost = callback('http://localhost:8080/callback', 'https://test.acme.example/callback');
export const ownScheme = (scheme: string): Sin => callback(`${scheme}://oauth/callback`);

/** Nothing demands a secret of it. */
export const publicClient = both({ isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false });
/** An app on a device that was registered as if it could keep one. */
export const secretOnDevice = both({ isConsumerSecretOptional: false, isSecretRequiredForRefreshToken: true });
export const bypassesIp: Sin = {
  oauthPolicies: { ipRelaxationPolicyType: 'Bypass' },
  policy: { ipRelaxation: 'BYPASS' },
};
export const oneHour: Sin = {
  oauthPolicies: { sessionTimeoutInMinutes: 60 },
  record: { sessionPolicy: { sessionTimeout: 60 } },
};

export const admitted = (permissionSet: string): Sin => ({
  oauthPolicies: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: permissionSet },
  config: { isAdminApproved: true },
  record: { permissionSetName: permissionSet },
});
export const lockedOut: Sin = { config: { isAdminApproved: true }, record: { permissionSetName: undefined } };

export const signs: Sin = both({ certificate: CERTIFICATE });
export const actsAs = (user: string): Sin => ({
  consumer: { isClientCredentialsFlowEnabled: true },
  oauthPolicies: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: user },
  config: { isClientCredentialEnabled: true, oauthClientCredentialUser: user },
});
export const headless: Sin = {
  consumer: { isCodeCredFlowEnabled: true },
  config: { isCodeCredentialEnabled: true },
};
export const exchangesTokens: Sin = {
  consumer: { isTokenExchangeEnabled: true },
  oauthPolicies: { isTokenExchangeFlowEnabled: true },
  config: { isTokenExchangeEnabled: true },
  policy: { isTokenExchangeFlowEnabled: true },
};
export const deviceFlow: Sin = { consumer: { isDeviceFlowEnabled: true } };

export const stopped: Sin = { policies: { isEnabled: false } };
export const noContact: Sin = { app: { contactEmail: undefined } };
export const described = (description: string): Sin => ({ app: { description }, record: { description } });
export const labeled = (label: string): Sin => ({ app: { label }, record: { label } });

/** Other parts of a Connected App, which stay as they are. */
export const saml: Sin = {
  record: {
    samlConfig: {
      acsUrl: 'https://sp.acme.example/acs',
      entityUrl: 'https://sp.acme.example',
      issuer: 'https://acme.my.salesforce.com',
      samlNameIdFormat: 'EmailAddress',
      samlSigningAlgoType: 'SHA256',
      samlSubjectType: 'Username',
    },
  },
};
export const canvas: Sin = {
  record: { canvasConfig: { accessMethod: 'Post', canvasUrl: 'https://canvas.acme.example', locations: 'Chatter' } },
};
