import { readOffSwitch, readSwitch } from '../declaration/read/switch';
import { type Expression, justification, literal, members } from './expression';
import { EVERY_KIND, forAll, NO_REFRESH, NO_USER, option, WITH_USERS } from './option';
import { owned } from './owned';
import type { Live } from './recall';
import { type Places, SETTINGS } from './settings';
import { excusable } from './shapes';

// Switches with one secure position; the other one needs a justification.

/** The insecure position, where the org has it. */
const recalled =
  (places: Places, member: string, insecure: boolean) =>
  (live: Live): Expression | undefined =>
    live.value(places) === insecure
      ? members({ [member]: literal(insecure), justification: justification(live.expires) })
      : undefined;

export const pkce = option({
  name: 'pkce',
  kinds: ['private'],
  shape: excusable('required'),
  why: {
    public: {
      because: 'PKCE is what protects an app that cannot keep a secret, so it is always required',
      remedy: 'remove it',
    },
    machine: NO_USER,
  },
  excuses: ['SFCA-ECA-PKCE', 'SFCA-CA-PKCE'],
  default: {
    what: 'requirePkce',
    value: forAll<boolean>(true),
    reason: 'An intercepted authorization code is useless without the verifier that only the real client has.',
    source: 'RFC 9700 section 2.1.1; RFC 7636',
  },
  read: (given, reading, secure) => {
    const words = { option: 'pkce', member: 'required', secure, what: 'a code flow without PKCE' };
    return { requirePkce: readSwitch(given, words, reading).setting };
  },
  fields: [
    {
      ...SETTINGS.pkceRequired,
      value: ({ requirePkce }) => owned(requirePkce, requirePkce.value),
    },
  ],
  recall: recalled(SETTINGS.pkceRequired, 'required', false),
});

export const refreshTokenRotation = option({
  name: 'refreshTokenRotation',
  kinds: WITH_USERS,
  shape: excusable('enabled'),
  why: { machine: NO_REFRESH },
  excuses: ['SFCA-ECA-ROTATION', 'SFCA-CA-ROTATION'],
  default: {
    what: 'rotateRefreshTokens',
    value: forAll<boolean>(true),
    reason: 'The second use of a refresh token reveals a theft and ends the whole family of tokens.',
    source: 'RFC 9700 section 4.14',
  },
  read: (given, reading, secure) => {
    const what = 'refresh tokens that are not rotated';
    const words = { option: 'refreshTokenRotation', member: 'enabled', secure, what };
    return { rotateRefreshTokens: readSwitch(given, words, reading).setting };
  },
  fields: [
    {
      ...SETTINGS.refreshTokenRotation,
      value: ({ rotateRefreshTokens }) => owned(rotateRefreshTokens, rotateRefreshTokens.value),
    },
  ],
  recall: recalled(SETTINGS.refreshTokenRotation, 'enabled', false),
});

export const deviceFlow = option({
  name: 'deviceFlow',
  kinds: WITH_USERS,
  shape: excusable('enabled'),
  why: { machine: NO_USER },
  excuses: ['SFCA-ECA-DEVICE-FLOW', 'SFCA-CA-DEVICE-FLOW'],
  default: {
    what: 'deviceFlow',
    value: forAll<boolean>(false),
    reason: 'Users can be talked into approving a code that an attacker started.',
    source: 'RFC 8628 section 5.4',
  },
  read: (given, reading, secure) => ({
    deviceFlow: readOffSwitch(given, 'deviceFlow', 'the device flow', reading, secure),
  }),
  fields: [
    {
      ...SETTINGS.deviceFlow,
      value: (app) => owned(app.deviceFlow, app.deviceFlow.value),
    },
  ],
  recall: recalled(SETTINGS.deviceFlow, 'enabled', true),
});

export const introspectAllTokens = option({
  name: 'introspectAllTokens',
  kinds: EVERY_KIND,
  shape: excusable('enabled'),
  excuses: ['SFCA-APP-INTROSPECTION'],
  default: {
    what: 'introspectAllTokens',
    value: forAll<boolean>(false),
    reason: 'A client has no business with the tokens of other clients.',
    source: 'RFC 7662 section 4',
  },
  read: (given, reading, secure) => {
    const what = "introspection of other apps' tokens";
    return { introspectAllTokens: readOffSwitch(given, 'introspectAllTokens', what, reading, secure) };
  },
  fields: [
    {
      ...SETTINGS.introspectAllTokens,
      value: (app) => owned(app.introspectAllTokens, app.introspectAllTokens.value),
    },
  ],
  recall: recalled(SETTINGS.introspectAllTokens, 'enabled', true),
});
