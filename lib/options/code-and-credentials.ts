import type { CodeAndCredentialsPolicy, Setting } from '../declaration/client-app';
import { AccessTokens } from '../declaration/options/access-tokens';
import { readJwtTimeout } from '../declaration/read/minutes';
import type { Props } from '../declaration/read/props';
import { readSwitch } from '../declaration/read/switch';
import { readRecord } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { byDefault as unlessStated, stated as asStated } from '../declaration/setting';
import { type Expression, justification, literal, members } from './expression';
import { type Default, forAll, NO_USER, option, WITH_USERS } from './option';
import { NOTHING, owned, stated } from './owned';
import { duration, type Live } from './recall';
import { SETTINGS } from './settings';
import { object } from './shape';
import { duration as durationShape, excusable } from './shapes';

/** Lifetime of the JWTs of guests that state none, in minutes. */
export const GUEST_JWT_TIMEOUT_MINUTES = 15;

export const postBodyOnly: Default<boolean> = {
  what: 'codeAndCredentialsPostBodyOnly',
  value: forAll(true),
  reason: 'Passwords in a query string or a header end up in access logs.',
  source: 'Salesforce Help: Configure a Code and Credentials Flow',
};

/** The Authorization Code and Credentials Flow: on where the option is there. */
export const codeAndCredentials = option({
  name: 'codeAndCredentials',
  kinds: WITH_USERS,
  shape: object([
    { name: 'postBodyOnly', shape: excusable('required') },
    { name: 'guest', shape: object([{ name: 'timeout', shape: durationShape }]) },
  ]),
  why: { machine: NO_USER },
  notOnConnectedApps: [{ member: 'guest', because: 'the guest variant exists for External Client Apps only' }],
  default: {
    what: 'codeAndCredentials',
    value: forAll<CodeAndCredentialsPolicy>({ enabled: false }),
    reason: "The client sees the user's password, so the flow exists only where someone asks for it.",
    source: 'Salesforce Help: Headless Identity APIs, Authorization Code and Credentials Flow',
  },
  parts: [{ name: 'postBodyOnly', default: postBodyOnly, excuses: ['SFCA-APP-CODE-CREDENTIALS-POST-BODY'] }],
  read: (given, reading, secure) => ({
    codeAndCredentials: given === undefined ? unlessStated(secure) : readFlow(given, reading),
  }),
  fields: [
    {
      ...SETTINGS.codeAndCredentials,
      value: (app) => owned(app.codeAndCredentials, app.codeAndCredentials.value.enabled),
    },
    {
      ...SETTINGS.codeAndCredentialsPostOnly,
      value: ({ codeAndCredentials: flow }) => owned(flow, flow.value.enabled && flow.value.postBodyOnly),
    },
    {
      ...SETTINGS.guestCodeAndCredentials,
      value: ({ codeAndCredentials: flow }) => owned(flow, guestOf(flow.value) !== undefined),
    },
    {
      ...SETTINGS.guestJwtTimeoutMinutes,
      value: ({ codeAndCredentials: { value } }) => {
        const guest = guestOf(value);
        return guest ? stated(guest.timeoutMinutes) : NOTHING;
      },
    },
    {
      ...SETTINGS.guestJwtTimeoutType,
      before: 'Custom',
      value: ({ codeAndCredentials: { value } }) => (guestOf(value) ? stated('Custom') : NOTHING),
    },
  ],
  recall: recallFlow,
});

function recallFlow(live: Live): Expression | undefined {
  if (live.value(SETTINGS.codeAndCredentials) !== true) return undefined;
  const anywhere = live.value(SETTINGS.codeAndCredentialsPostOnly) !== true;
  const excused = members({ required: literal(false), justification: justification(live.expires) });
  const timeout = live.value(SETTINGS.guestJwtTimeoutMinutes);
  const lasts = typeof timeout === 'number' && timeout !== GUEST_JWT_TIMEOUT_MINUTES;
  const guest = members({ timeout: lasts ? duration(timeout, 'minutes') : undefined });
  return members({
    postBodyOnly: anywhere ? excused : undefined,
    guest: live.value(SETTINGS.guestCodeAndCredentials) === true ? guest : undefined,
  });
}

const guestOf = (flow: CodeAndCredentialsPolicy) => (flow.enabled ? flow.guest : undefined);

function readFlow(value: unknown, reading: Reading): Setting<CodeAndCredentialsPolicy> {
  const record = readRecord(value, 'codeAndCredentials', ['postBodyOnly', 'guest'], reading) ?? {};
  const words = {
    option: 'codeAndCredentials.postBodyOnly',
    member: 'required',
    secure: reading.kind === 'org' || postBodyOnly.value[reading.kind],
    what: 'passwords in query strings and headers',
  };
  const { setting } = readSwitch(record['postBodyOnly'], words, reading);
  const guest = record['guest'] === undefined ? undefined : readGuest(record['guest'], reading);
  return asStated({ enabled: true, postBodyOnly: setting.value, ...(guest && { guest }) });
}

function readGuest(value: unknown, reading: Reading) {
  const field = 'codeAndCredentials.guest';
  const record: Props = readRecord(value, field, ['timeout'], reading) ?? {};
  const tokens = reading.props['accessTokens'];
  if (!AccessTokens.is(tokens) || tokens.format !== 'jwt') {
    reading.found('guest-needs-jwt', { field });
  }
  const timeout = record['timeout'];
  const timeoutMinutes =
    timeout === undefined ? GUEST_JWT_TIMEOUT_MINUTES : readJwtTimeout(timeout, `${field}.timeout`, reading);
  return { timeoutMinutes };
}
