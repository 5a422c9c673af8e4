import { AccessTokens } from '../options/access-tokens';
import { Platform } from '../options/platform';
import { SessionLevel } from '../options/session-level';
import type { Platform as PlatformName } from '../client-app';
import type { Reading } from '../reading';
import type { Props } from './props';
import { readBoolean } from './values';

/** The platform as stated; what is none counts as the default and is reported by {@link readPlatform}. */
export const platformOf = (value: unknown): PlatformName =>
  Platform.is(value) ? value.platform : 'external-client-app';

/** The platform, and whether Salesforce Support lets the org create Connected Apps. */
export function readPlatform(props: Props, reading: Reading) {
  const { platform } = reading;
  if (props['platform'] !== undefined && !Platform.is(props['platform'])) {
    reading.wrongType('platform', props['platform'], 'Platform.EXTERNAL_CLIENT_APP or Platform.CONNECTED_APP');
  }
  const allowed = readBoolean(props['creationAllowedBySupport'], 'creationAllowedBySupport', reading);
  if (platform === 'connected-app') {
    refuseInexpressible(props, reading);
  } else {
    refuseConnectedAppOptions(props, reading);
  }
  return { platform, ...(allowed === true && { creationAllowedBySupport: allowed }) };
}

/** Options about what only Connected Apps have, and why an External Client App needs none. */
const ONLY_CONNECTED_APPS: readonly { readonly option: string; readonly problem: string; readonly remedy: string }[] = [
  {
    option: 'creationAllowedBySupport',
    problem: 'only the creation of Connected Apps depends on Salesforce Support',
    remedy: 'remove it: External Client Apps may always be created',
  },
  {
    option: 'mobileStartUrl',
    problem: 'only Connected Apps have a start URL of their own for mobile devices',
    remedy: 'remove it: startUrl opens on every device',
  },
  { option: 'ipBinding', problem: 'only Connected Apps have the field isIpBindingEnabled', remedy: 'remove it' },
  {
    option: 'pkiMutualTls',
    problem: 'only Connected Apps have the field isPKImTLSEnabled',
    remedy: 'state mutualTls, which External Client Apps have',
  },
];

function refuseConnectedAppOptions(props: Props, reading: Reading): void {
  for (const { option, problem, remedy } of ONLY_CONNECTED_APPS) {
    if (props[option] === undefined) continue;
    const allowed = 'the option together with platform: Platform.CONNECTED_APP';
    reading.report('option-of-another-platform', option, { problem, allowed, remedy });
  }
}

interface Lack {
  readonly option: string;
  readonly used: (props: Props) => boolean;
  readonly because: string;
  readonly remedy: string;
}

const stated = (option: string, because: string, remedy = 'remove it'): Lack => {
  const [outer = option, inner] = option.split('.');
  const used = (props: Props) => (inner === undefined ? props[outer] : member(props[outer], inner)) !== undefined;
  return { option, used, because, remedy };
};

const LACKS: readonly Lack[] = [
  stated(
    'customScopes',
    'custom scopes name their Connected Apps, not the other way round',
    'add the app to the scope',
  ),
  stated('adminPolicies.customScopes', 'its admins have no list of custom scopes', 'add the app to the custom scope'),
  stated('adminPolicies.customAttributes', 'it has one list of attributes', 'state them as customAttributes'),
  stated('codeAndCredentials.guest', 'the guest variant exists for External Client Apps only'),
  stated('startPage', 'it opens startUrl, or nothing', 'state startUrl, or nothing'),
  stated('firstPartyApp', 'native login exists for External Client Apps only'),
  stated('disabledPlugins', 'it has no plugins to switch off'),
  stated('mutualTls', 'no published field of it is known to mean the same', 'remove it, or see pkiMutualTls'),
  stated('experimental', 'the undocumented security settings are a record of External Client Apps'),
  stated('reEnable', 'nobody can stop it by metadata, so there is nothing to switch on again'),
  {
    option: 'accessTokens',
    used: ({ accessTokens: tokens }) =>
      AccessTokens.is(tokens) && tokens.format === 'jwt' && tokens.lifetime !== undefined,
    because: 'the lifetime of its JWT-based access tokens is set in Setup and not in metadata',
    remedy: 'write AccessTokens.jwt(), and set the lifetime in Setup > Manage Connected Apps',
  },
  {
    option: 'requiredSessionLevel',
    used: ({ requiredSessionLevel: level }) =>
      SessionLevel.is(level) && (level.level === 'LOW' || level.action === 'StepUpMFA'),
    because: 'it knows no session level but high assurance, and either blocks users below it or raises their session',
    remedy: 'choose SessionLevel.STANDARD, HIGH_ASSURANCE, highAssuranceOrBlock() or highAssuranceOrRaise()',
  },
];

/** Everything stated that no version of ConnectedApp has a place for: it would silently not be written. */
function refuseInexpressible(props: Props, reading: Reading): void {
  for (const { option, used, because, remedy } of LACKS) {
    if (!used(props)) continue;
    reading.report('not-on-connected-app', option, {
      problem: `a Connected App has no ${option} in any Metadata API version: ${because}`,
      allowed: 'the option with platform: Platform.EXTERNAL_CLIENT_APP, the default',
      remedy,
    });
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Props)[name] : undefined;
}
