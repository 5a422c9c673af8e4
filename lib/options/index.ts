// Generated from the rows in the files of this folder: npm run generate.
import { accessTokens } from './access-tokens';
import { adminPolicies } from './admin-policies';
import { apexHandler } from './apex-handler';
import { assetToken } from './asset-token';
import { callbackUrls } from './callback-urls';
import { codeAndCredentials } from './code-and-credentials';
import { customAttributes } from './custom-attributes';
import { disabledPlugins } from './disabled-plugins';
import { experimental } from './experimental';
import { firstPartyApp } from './first-party-app';
import { adopt, apiName, contactEmail, contactPhone, description, iconUrl, infoUrl, label, logoUrl } from './header';
import { idToken } from './id-token';
import { trustedIpRanges } from './ip-ranges';
import { ipRelaxation } from './ip-relaxation';
import { certificate, clientCredentials } from './machine';
import { mobileStartUrl, singleLogoutUrl, startPage, startUrl } from './pages';
import { permittedUsers } from './permitted-users';
import { creationAllowedBySupport, platform } from './platform';
import { dpop, ipBinding, mutualTls, pkiMutualTls } from './preview';
import { limitIdleRefreshTokens, refreshTokens } from './refresh-tokens';
import { customScopes, scopes } from './scopes';
import { requireSecretForRefreshTokenFlow, requireSecretForWebServerFlow } from './secrets';
import { requiredSessionLevel } from './session-level';
import { deviceFlow, introspectAllTokens, pkce, refreshTokenRotation } from './switches';
import { CONSENT_OPTIONS, deletionProtection } from './terraform';
import { tokenExchange } from './token-exchange';

/** Every option of a client app, in the order in which problems are reported and exceptions are recorded. */
export const OPTIONS = [
  label,
  apiName,
  description,
  contactEmail,
  contactPhone,
  infoUrl,
  logoUrl,
  iconUrl,
  scopes,
  customScopes,
  permittedUsers,
  accessTokens,
  ipRelaxation,
  tokenExchange,
  introspectAllTokens,
  customAttributes,
  assetToken,
  apexHandler,
  adminPolicies,
  disabledPlugins,
  dpop,
  experimental,
  platform,
  ipBinding,
  creationAllowedBySupport,
  adopt,
  deletionProtection,
  ...CONSENT_OPTIONS,
  trustedIpRanges,
  idToken,
  singleLogoutUrl,
  startUrl,
  startPage,
  mobileStartUrl,
  requiredSessionLevel,
  firstPartyApp,
  limitIdleRefreshTokens,
  callbackUrls,
  codeAndCredentials,
  refreshTokens,
  refreshTokenRotation,
  deviceFlow,
  pkce,
  certificate,
  clientCredentials,
  mutualTls,
  pkiMutualTls,
  requireSecretForWebServerFlow,
  requireSecretForRefreshTokenFlow,
] as const;
