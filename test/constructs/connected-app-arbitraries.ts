import fc from 'fast-check';

import { AccessTokens, Platform, SessionLevel } from '../../constructs';
import { appsAt } from './arbitraries';

/** Options that no Connected App has. */
const LACKING = ['customScopes', 'startPage', 'firstPartyApp', 'disabledPlugins', 'mutualTls'];

interface Props {
  accessTokens?: unknown;
  requiredSessionLevel?: unknown;
  adminPolicies?: { readonly singleLogoutUrl?: unknown } | undefined;
  codeAndCredentials?: { readonly guest?: unknown } | undefined;
}

/** Any app of the version, turned into one that a Connected App can be. */
export function connectedAppsAt(version: number) {
  return fc.tuple(appsAt(version), fc.boolean(), fc.boolean()).map(([app, jwt, codeAndCredentials]) => {
    const props = { ...app.props } as Props & Record<string, unknown>;
    for (const option of LACKING) delete props[option];
    if (version < 68) for (const option of ['deviceFlow', 'dpop', 'limitIdleRefreshTokens']) delete props[option];
    // The run-as user of an Apex plugin is gone from the newest types.
    if (version > 66) delete props['apexHandler'];
    const { requiredSessionLevel: level, accessTokens: tokens, adminPolicies: admin } = props;
    if (SessionLevel.is(level) && (level.level === 'LOW' || level.action === 'StepUpMFA')) {
      props['requiredSessionLevel'] = SessionLevel.HIGH_ASSURANCE;
    }
    if (AccessTokens.is(tokens) && tokens.format === 'jwt') {
      props['accessTokens'] = jwt ? AccessTokens.jwt() : undefined;
    }
    delete props['adminPolicies'];
    if (admin?.singleLogoutUrl !== undefined) props['adminPolicies'] = { singleLogoutUrl: admin.singleLogoutUrl };
    if (props.codeAndCredentials?.guest !== undefined) {
      props['codeAndCredentials'] = codeAndCredentials ? {} : undefined;
    }
    return { construct: app.construct, props: { ...props, platform: Platform.CONNECTED_APP } as object };
  });
}
