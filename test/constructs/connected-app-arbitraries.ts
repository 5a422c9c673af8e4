import fc from 'fast-check';

import { AccessTokens, Platform, SessionLevel } from '../../constructs';
import { appsAt } from './arbitraries';

/** Options that no Connected App has. */
const LACKING = ['customScopes', 'startPage', 'firstPartyApp', 'disabledPlugins', 'mutualTls'];
/** Options that come to Connected Apps with the newest version. */
const NEW_IN_68 = ['deviceFlow', 'dpop', 'limitIdleRefreshTokens'];

interface Props {
  readonly accessTokens?: unknown;
  readonly requiredSessionLevel?: unknown;
  readonly adminPolicies?: object | undefined;
  readonly codeAndCredentials?: object | undefined;
}

/** Any app of the version, turned into one that a Connected App can be. */
export function connectedAppsAt(version: number) {
  // The run-as user of an Apex plugin is gone from the newest types.
  const lacking = new Set([...LACKING, ...(version < 68 ? NEW_IN_68 : []), ...(version > 66 ? ['apexHandler'] : [])]);
  return fc.tuple(appsAt(version), fc.boolean()).map(([{ construct, props }, keeps]) => {
    const has = Object.fromEntries(Object.entries(props).filter(([option]) => !lacking.has(option)));
    return { construct, props: { ...has, ...fitting(props, keeps), platform: Platform.CONNECTED_APP } };
  });
}

/** Options of which a Connected App has some values only. */
function fitting(props: Props, keeps: boolean): object {
  const { requiredSessionLevel: level, accessTokens: tokens, adminPolicies, codeAndCredentials } = props;
  const unknownLevel = SessionLevel.is(level) && (level.level === 'LOW' || level.action === 'StepUpMFA');
  const jwt = AccessTokens.is(tokens) && tokens.format === 'jwt';
  const singleLogoutUrl: unknown =
    adminPolicies && 'singleLogoutUrl' in adminPolicies ? adminPolicies.singleLogoutUrl : undefined;
  return {
    ...(unknownLevel && { requiredSessionLevel: SessionLevel.HIGH_ASSURANCE }),
    ...(jwt && { accessTokens: keeps ? AccessTokens.jwt() : undefined }),
    ...(adminPolicies && { adminPolicies: singleLogoutUrl === undefined ? undefined : { singleLogoutUrl } }),
    ...(codeAndCredentials && 'guest' in codeAndCredentials && { codeAndCredentials: keeps ? {} : undefined }),
  };
}
