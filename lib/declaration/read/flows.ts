import type { AccessTokenPolicy, CodeAndCredentialsPolicy, Setting, TokenExchangePolicy } from '../client-app';
import { DEFAULTS, GUEST_JWT_TIMEOUT_MINUTES } from '../defaults';
import type { Reading } from '../reading';
import { byDefault, stated } from '../setting';
import { readJustification } from './justification';
import type { Props } from './props';
import { readJwtTimeout } from './tokens';
import { readBoolean, readRecord } from './values';

interface Switch {
  /** The option as the author writes it. */
  readonly option: string;
  /** The member that says which way: `enabled`, `required`. */
  readonly member: string;
  /** The secure position: what holds by default and needs no justification. */
  readonly secure: boolean;
  /** Completes "… needs a justification". */
  readonly what: string;
  readonly moreMembers?: readonly string[];
}

/** A switch whose insecure position needs a justification: `{ required: false, justification }`. */
function readSwitch(value: unknown, { option, member, secure, what, moreMembers }: Switch, reading: Reading) {
  if (value === undefined) return { setting: byDefault(secure), record: undefined };
  const record = readRecord(value, option, [member, 'justification', ...(moreMembers ?? [])], reading);
  if (!record) return { setting: byDefault(secure), record: undefined };
  const position = readBoolean(record[member], `${option}.${member}`, reading);
  if (record[member] === undefined) reading.missing(`${option}.${member}`, 'true or false');
  if (position === !secure) readJustification(record['justification'], option, what, reading);
  else if (record['justification'] !== undefined && position === secure) superfluous(option, reading);
  return { setting: stated(position ?? secure), record };
}

function superfluous(option: string, reading: Reading): void {
  reading.report('superfluous-justification', `${option}.justification`, {
    problem: 'there is a justification although the option is in its secure position',
    allowed: 'no justification here',
    remedy: 'remove the justification: an exception that excuses nothing misleads the reviewer',
  });
}

export const readPkce = (value: unknown, reading: Reading): Setting<boolean> =>
  readSwitch(value, { option: 'pkce', member: 'required', secure: true, what: 'a code flow without PKCE' }, reading)
    .setting;

export const readRotation = (value: unknown, reading: Reading): Setting<boolean> =>
  readSwitch(
    value,
    { option: 'refreshTokenRotation', member: 'enabled', secure: true, what: 'refresh tokens that are not rotated' },
    reading,
  ).setting;

/** A switch that is off unless somebody says why: `{ enabled: true, justification }`. */
export const readOffSwitch = (value: unknown, option: string, what: string, reading: Reading): Setting<boolean> =>
  readSwitch(value, { option, member: 'enabled', secure: false, what }, reading).setting;

export const readDeviceFlow = (value: unknown, reading: Reading): Setting<boolean> =>
  readOffSwitch(value, 'deviceFlow', 'the device flow', reading);

export const readIntrospection = (value: unknown, reading: Reading): Setting<boolean> =>
  readOffSwitch(value, 'introspectAllTokens', "introspection of other apps' tokens", reading);

/** Public clients cannot keep a secret, so theirs is never required. */
export function readTokenExchange(value: unknown, reading: Reading): Setting<TokenExchangePolicy> {
  const canKeepSecret = reading.kind !== 'public';
  const { setting, record } = readSwitch(
    value,
    {
      option: 'tokenExchange',
      member: 'enabled',
      secure: false,
      what: 'the token exchange flow',
      moreMembers: canKeepSecret ? ['requireSecret'] : [],
    },
    reading,
  );
  if (record === undefined) return byDefault(DEFAULTS.tokenExchange.value.private);
  const requireSecret = readBoolean(record['requireSecret'], 'tokenExchange.requireSecret', reading) ?? canKeepSecret;
  return stated(setting.value ? { enabled: true, requireSecret: canKeepSecret && requireSecret } : { enabled: false });
}

/** The Authorization Code and Credentials Flow: on where the option is there. */
export function readCodeAndCredentials(
  value: unknown,
  accessToken: AccessTokenPolicy,
  reading: Reading,
): Setting<CodeAndCredentialsPolicy> {
  if (value === undefined) return byDefault(DEFAULTS.codeAndCredentials.value.private);
  const record = readRecord(value, 'codeAndCredentials', ['postBodyOnly', 'guest'], reading) ?? {};
  const { setting } = readSwitch(
    record['postBodyOnly'],
    {
      option: 'codeAndCredentials.postBodyOnly',
      member: 'required',
      secure: true,
      what: 'passwords in query strings and headers',
    },
    reading,
  );
  const guest = record['guest'] === undefined ? undefined : readGuest(record['guest'], accessToken, reading);
  return stated({ enabled: true, postBodyOnly: setting.value, ...(guest && { guest }) });
}

function readGuest(value: unknown, accessToken: AccessTokenPolicy, reading: Reading) {
  const field = 'codeAndCredentials.guest';
  const record: Props = readRecord(value, field, ['timeout'], reading) ?? {};
  if (accessToken.format !== 'jwt') {
    reading.report('guest-needs-jwt', field, {
      problem: 'guests get JWT access tokens, and this app issues opaque ones',
      allowed: 'guest together with accessTokens: AccessTokens.jwt()',
      remedy: 'add accessTokens: AccessTokens.jwt(), or remove guest',
    });
  }
  const stated = record['timeout'];
  const timeoutMinutes =
    stated === undefined ? GUEST_JWT_TIMEOUT_MINUTES : readJwtTimeout(stated, `${field}.timeout`, reading);
  return { timeoutMinutes };
}
