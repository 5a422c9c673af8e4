/** Everything that can be set badly on one app. */
export const BAD_POLICIES = {
  ipRelaxationPolicyType: 'Bypass',
  permittedUsersPolicyType: 'AllSelfAuthorized',
  refreshTokenPolicyType: 'Infinite',
  requiredSessionLevel: 'LOW',
  sessionTimeoutInMinutes: 720,
  isTokenExchangeFlowEnabled: true,
  isClientCredentialsFlowEnabled: true,
};
export const BAD_CONSUMER = {
  isPkceRequired: false,
  isRefreshTokenRotationEnabled: false,
  isIntrospectAllTokens: true,
  isDeviceFlowEnabled: true,
  isTokenExchangeEnabled: true,
  isClientCredentialsFlowEnabled: true,
};
export const BAD_SCOPES = { commaSeparatedOauthScopes: ['Full', 'OpenID', 'RefreshToken'] };
