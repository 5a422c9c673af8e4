import {
  CONNECTED_APP,
  GLOBAL,
  HEADER,
  type MetadataType,
  OAUTH,
  OAUTH_POLICY,
  POLICY,
  SECURITY,
} from '../../schema/types';
import type { Check } from '../change';
import { checkConnectedApp } from './connected-app';
import { checkGlobalOauth } from './global-oauth';
import { checkHeader } from './header';
import { checkOauthPolicies } from './oauth-policies';
import { checkOauthSettings } from './oauth-settings';
import {
  checkCanvas,
  checkDeveloperName,
  checkNotification,
  checkPart,
  checkPolicies,
  checkPush,
  checkSaml,
  checkSecurity,
} from './plugins';

const CHECKS: Readonly<Record<string, Check>> = {
  [HEADER]: checkHeader,
  [GLOBAL]: checkGlobalOauth,
  [OAUTH]: checkOauthSettings,
  [OAUTH_POLICY]: checkOauthPolicies,
  [POLICY]: checkPolicies,
  [SECURITY]: checkSecurity,
  [CONNECTED_APP]: checkConnectedApp,
  ExtlClntAppSamlConfigurablePolicies: checkSaml,
  ExtlClntAppNotificationSettings: checkNotification,
  ExtlClntAppPushSettings: checkPush,
  ExtlClntAppCanvasSettings: checkCanvas,
  OauthCustomScope: checkDeveloperName,
  OauthTokenExchangeHandler: checkDeveloperName,
};

/** What a component of this type is checked for once it stands among the others. */
export const checkOf = (type: MetadataType): Check => CHECKS[type.name] ?? (type.satellite ? checkPart : () => []);
