import fc from 'fast-check';

import { AccessTokens, MachineApp, Platform, PublicClientApp, SessionLevel } from '../../constructs';
import { appsAt, option } from './arbitraries';

/** Options that no Connected App has. */
const LACKING = ['customScopes', 'startPage', 'firstPartyApp', 'disabledPlugins', 'mutualTls', 'experimental'];
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
  return fc.tuple(appsAt(version), fc.boolean(), own(version)).map(([{ construct, props }, keeps, given]) => {
    const has = Object.fromEntries(Object.entries(props).filter(([name]) => !lacking.has(name)));
    const { mobileStartUrl, pkiMutualTls, ipBinding } = given;
    const more = {
      ipBinding,
      ...(construct !== MachineApp && { mobileStartUrl }),
      ...(construct !== PublicClientApp && { pkiMutualTls }),
    };
    return { construct, props: { ...has, ...fitting(props, keeps), ...more, platform: Platform.CONNECTED_APP } };
  });
}

/** Options that only Connected Apps have. */
function own(version: number) {
  const flag = version < 68 ? fc.constant(undefined) : option(fc.boolean());
  const mobileStartUrl = option(fc.constantFrom('https://a.example/mobile', 'https://b.example/m'));
  return fc.record({ mobileStartUrl, ipBinding: flag, pkiMutualTls: flag });
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
