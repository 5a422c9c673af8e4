import type { Setting, TokenExchangePolicy } from '../declaration/client-app';
import { readSwitch } from '../declaration/read/switch';
import { readBoolean } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { byDefault as unlessStated, stated } from '../declaration/setting';
import { justification, literal, members } from './expression';
import { CONFIDENTIAL, EVERY_KIND, forAll, option } from './option';
import { owned } from './owned';
import { SETTINGS } from './settings';
import { flag } from './shape';
import { excusable } from './shapes';

export const tokenExchange = option({
  name: 'tokenExchange',
  kinds: EVERY_KIND,
  shape: excusable('enabled', { name: 'requireSecret', shape: flag, kinds: CONFIDENTIAL }),
  excuses: ['SFCA-APP-TOKEN-EXCHANGE'],
  default: {
    what: 'tokenExchange',
    value: forAll<TokenExchangePolicy>({ enabled: false }),
    reason: 'It turns tokens of another issuer into access to the org, so it is on only where it is needed.',
    source: 'RFC 8693 section 5',
  },
  read: (given, reading, secure) => ({ tokenExchange: readTokenExchange(given, secure, reading) }),
  fields: [
    {
      ...SETTINGS.tokenExchange,
      value: (app) => owned(app.tokenExchange, app.tokenExchange.value.enabled),
    },
    {
      ...SETTINGS.secretInTokenExchange,
      value: ({ tokenExchange: { value }, tokenExchange: setting }) =>
        owned(setting, value.enabled && value.requireSecret),
    },
    {
      ...SETTINGS.tokenExchangePolicy,
      value: (app) => owned(app.tokenExchange, app.tokenExchange.value.enabled),
    },
  ],
  // Both halves of the switch: to state the flow would switch the other half on.
  recall: (live) => {
    const policy = live.value(SETTINGS.tokenExchangePolicy);
    if (live.value(SETTINGS.tokenExchange) !== true || (policy !== undefined && policy !== true)) return undefined;
    const withoutSecret = live.kind !== 'public' && live.value(SETTINGS.secretInTokenExchange) !== true;
    return members({
      enabled: literal(true),
      justification: justification(live.expires),
      requireSecret: withoutSecret ? literal(false) : undefined,
    });
  },
});

/** Public clients cannot keep a secret, so theirs is never required. */
function readTokenExchange(
  value: unknown,
  secure: TokenExchangePolicy,
  reading: Reading,
): Setting<TokenExchangePolicy> {
  const canKeepSecret = reading.kind !== 'public';
  const moreMembers = canKeepSecret ? ['requireSecret'] : [];
  const what = 'the token exchange flow';
  const words = { option: 'tokenExchange', member: 'enabled', secure: secure.enabled, what, moreMembers };
  const { setting, record } = readSwitch(value, words, reading);
  if (record === undefined) return unlessStated(secure);
  const requireSecret = readBoolean(record['requireSecret'], 'tokenExchange.requireSecret', reading) ?? canKeepSecret;
  return stated(setting.value ? { enabled: true, requireSecret: canKeepSecret && requireSecret } : { enabled: false });
}
