import fc from 'fast-check';

import { AccessTokens, MachineApp, Platform, PrivateClientApp, PublicClientApp, SessionLevel } from '../../constructs';
import type { ClientKind } from '../../lib/declaration/client-app';
import { ROWS } from '../../lib/options/table';
import { appsAt } from './arbitraries';
import { has, plainOptions } from './plain-options';

interface Props {
  readonly accessTokens?: unknown;
  readonly requiredSessionLevel?: unknown;
  readonly adminPolicies?: object | undefined;
  readonly codeAndCredentials?: object | undefined;
}

/** Any app of the version, turned into one that a Connected App can be. */
export function connectedAppsAt(version: number) {
  const lacking = new Set(ROWS.filter((row) => !has(row, 'connected-app', version)).map(({ name }) => name));
  const own = (kind: ClientKind) => fc.record(plainOptions(kind, 'connected-app', version));
  const kinds = [
    [PrivateClientApp, own('private')],
    [PublicClientApp, own('public')],
    [MachineApp, own('machine')],
  ] as const;
  return fc.tuple(appsAt(version), fc.boolean()).chain(([{ construct, props }, keeps]) => {
    const kept = Object.fromEntries(Object.entries(props).filter(([name]) => !lacking.has(name)));
    const [, more = fc.constant({})] = kinds.find(([each]) => each === construct) ?? [];
    return more.map((given) => ({
      construct,
      props: { ...given, ...kept, ...fitting(props, keeps), platform: Platform.CONNECTED_APP },
    }));
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
