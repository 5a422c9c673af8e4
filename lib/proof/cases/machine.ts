import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { declaredText } from '../../metadata/declared-setting';
import type { ProofCase } from '../case';
import type { Flows, Subject } from '../subject';

const asserts = (_: Subject, flows: Flows): boolean => flows.assertions;
const ASSERTION = 'assertion';
const CREDENTIALS = 'client-credentials';

const refusal = (id: string, about: string, run: ProofCase['run'], more: Partial<ProofCase> = {}): ProofCase => ({
  ...{ id, demands: 'refusal', about, twin: ASSERTION, applies: asserts, run },
  ...more,
});

/** Whatever else the app may do shows that the org knows it. */
const ANY_USE = { twin: undefined };

/** No one is there: a machine signs, or shows its secret. */
export const MACHINES: readonly ProofCase[] = [
  {
    id: ASSERTION,
    demands: 'grant',
    about: 'sign in with an assertion (JWT bearer)',
    applies: asserts,
    run: ({ client }) => client.assertion(),
  },
  refusal('assertion-other-key', 'sign in with an assertion that another key signed', ({ client }) =>
    client.assertion({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  ),
  refusal('assertion-other-audience', 'sign in with an assertion for another audience', ({ client }) =>
    client.assertion({ aud: 'https://attacker.example' }),
  ),
  refusal('assertion-expired', 'sign in with an expired assertion', ({ client }) =>
    client.assertion({ exp: client.inSeconds(-60) }),
  ),
  refusal('assertion-replayed', 'sign in with an assertion that was used before', async ({ client }) => {
    const assertion = client.signed({ jti: randomUUID() });
    await client.present(assertion);
    return client.present(assertion);
  }),
  refusal('assertion-user-not-admitted', 'sign in as a user without the permission set', ({ client, subject }) =>
    client.assertion({ sub: subject.outsider }),
  ),
  refusal(
    'assertion-undeclared',
    'sign in with an assertion although no certificate is declared',
    ({ client }) => client.assertion(),
    { ...ANY_USE, applies: (_, flows) => !flows.assertions },
  ),
  {
    id: CREDENTIALS,
    demands: 'grant',
    about: 'sign in with key and secret (client credentials)',
    applies: (_, flows) => flows.clientCredentials,
    run: ({ client }) => client.clientCredentials(),
  },
  refusal(
    'client-credentials-wrong-secret',
    'sign in with the key and another secret',
    ({ client }) => client.clientCredentials({ client_secret: 'not-the-secret' }),
    { twin: CREDENTIALS, applies: (_, flows) => flows.clientCredentials },
  ),
  refusal(
    'client-credentials-as-another-user',
    'act as another user than the declared one (client credentials)',
    async ({ client, subject }) => {
      const { tokens, ...refused } = await client.clientCredentials();
      if (tokens === undefined) return refused;
      const user = await client.userOf(tokens.access);
      return { granted: user !== declaredText(subject.app, 'runAsUser'), said: `an access token of ${user}` };
    },
    {
      twin: CREDENTIALS,
      applies: ({ app }, flows) => flows.clientCredentials && declaredText(app, 'runAsUser') !== undefined,
    },
  ),
  refusal(
    'client-credentials-undeclared',
    'sign in with key and secret although the flow is off (client credentials)',
    ({ client }) => client.clientCredentials(),
    {
      ...ANY_USE,
      controls: ['SFCA-ECA-CLIENT-CREDENTIALS', 'SFCA-CA-CLIENT-CREDENTIALS'],
      applies: (_, flows) => !flows.clientCredentials,
    },
  ),
  refusal(
    'password',
    'sign in with a user’s name and password',
    ({ client, subject }) =>
      client.token({
        grant_type: 'password',
        client_id: subject.consumer.key,
        client_secret: subject.consumer.secret,
        username: subject.insider,
        password: client.place.password,
      }),
    { ...ANY_USE, applies: () => true },
  ),
];
