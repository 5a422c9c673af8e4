import { declaredValue } from '../../metadata/declared-setting';
import type { ProofCase } from '../case';
import { guestLogin, type HeadlessChanges, headlessLogin } from '../headless';
import type { Flows, Subject } from '../subject';
import { PKCE, SECRET } from './controls';

const HEADLESS = 'headless';
const GUEST = 'guest';
const GUEST_SESSION = 'guest-session';
const POST_BODY = ['SFCA-APP-CODE-CREDENTIALS-POST-BODY'];
const applies = (_: Subject, flows: Flows): boolean => flows.headless;

const MINUTE = 60_000;
/** How long the token of a guest is declared to work. */
const guestMinutes = ({ app }: Subject): number => Number(declaredValue(app, 'guestJwtTimeoutMinutes') ?? 0);
const timed = (subject: Subject, flows: Flows): boolean => flows.guests && guestMinutes(subject) > 1;

/** The token of a visitor, used so long before or after its end. */
const afterGuest =
  (late: number): ProofCase['run'] =>
  async ({ client, subject }) => {
    const { tokens, ...refused } = await guestLogin(client);
    if (tokens === undefined) return refused;
    client.place.advance(guestMinutes(subject) * MINUTE + late);
    return client.call(tokens.access);
  };

const refusal = (id: string, about: string, changes: HeadlessChanges, more: Partial<ProofCase> = {}): ProofCase => ({
  ...{ id, demands: 'refusal', about, twin: HEADLESS, applies },
  run: ({ client }) => headlessLogin(client, changes),
  ...more,
});

/** The client has a login form of its own (Authorization Code and Credentials Flow). */
export const HEADLESS_LOGINS: readonly ProofCase[] = [
  {
    id: HEADLESS,
    demands: 'grant',
    about: 'log in headlessly, with name and password in the POST body',
    applies,
    run: ({ client }) => headlessLogin(client),
  },
  refusal('headless-by-get', 'log in headlessly by GET', { where: 'GET' }, { controls: POST_BODY }),
  refusal('headless-in-address', 'send the password in the address', { where: 'address' }, { controls: POST_BODY }),
  refusal('headless-in-header', 'send the password in the Basic header', { where: 'header' }, { controls: POST_BODY }),
  refusal(
    'headless-without-challenge',
    'log in headlessly without a code challenge',
    {
      authorize: { code_challenge: undefined, code_challenge_method: undefined },
      exchange: { code_verifier: undefined },
    },
    { controls: PKCE },
  ),
  refusal('headless-without-verifier', 'trade a stolen code of a headless login without its verifier', {
    exchange: { code_verifier: undefined },
  }),
  refusal(
    'headless-without-secret',
    'trade a code of a headless login without the secret',
    { exchange: { client_secret: undefined } },
    { controls: SECRET, applies: ({ kind }, flows) => flows.headless && kind === 'private' },
  ),
  refusal('headless-wrong-password', 'log in headlessly with another password', { password: 'not-the-password' }),
  refusal('headless-callback-unregistered', 'have the code of a headless login sent elsewhere', {
    authorize: { redirect_uri: 'https://attacker.example/callback' },
  }),
  refusal(
    'headless-user-not-admitted',
    'log in headlessly as a user without the permission set',
    {},
    {
      applies: (_, flows) => flows.headless && flows.restricted,
      run: ({ client, subject }) => headlessLogin(client, { user: subject.outsider }),
    },
  ),
  refusal(
    'headless-undeclared',
    'log in headlessly although the flow is off in the app or the org',
    {},
    { twin: undefined, applies: (_, flows) => flows.callbackUrls.length > 0 && !flows.headless },
  ),
  {
    id: GUEST,
    demands: 'grant',
    about: 'give an unknown visitor a token of his own',
    applies: (_, flows) => flows.guests,
    run: ({ client }) => guestLogin(client),
  },
  {
    id: GUEST_SESSION,
    demands: 'grant',
    about: 'use the token of a visitor in the last minute of its time',
    ages: true,
    applies: timed,
    run: afterGuest(-MINUTE),
  },
  refusal(
    'guest-session-over',
    'use the token of a visitor after its time',
    {},
    { twin: GUEST_SESSION, ages: true, applies: timed, run: afterGuest(MINUTE) },
  ),
  refusal(
    'guest-of-another-visitor',
    'trade the code of a visitor as another one',
    {},
    { twin: GUEST, applies: (_, flows) => flows.guests, run: ({ client }) => guestLogin(client, 'another-visitor') },
  ),
  refusal(
    'guest-undeclared',
    'get a token without any login although guests are off',
    {},
    {
      twin: undefined,
      applies: (_, flows) => flows.callbackUrls.length > 0 && !flows.guests,
      run: ({ client }) => guestLogin(client),
    },
  ),
];
