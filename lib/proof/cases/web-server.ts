import { valueOf } from '../../policy/reading';
import type { ProofCase, Trial } from '../case';
import type { Answer, Changes } from '../client';
import type { Flows, Subject } from '../subject';
import { PKCE, SECRET } from './controls';

const logsIn = (_: Subject, { callbackUrls }: Flows): boolean => callbackUrls.length > 0;
const confidential = (subject: Subject, flows: Flows): boolean => logsIn(subject, flows) && subject.kind === 'private';
const isPublic = (subject: Subject, flows: Flows): boolean => logsIn(subject, flows) && subject.kind === 'public';

const LOGIN = 'login';

const refusal = (
  id: string,
  about: string,
  run: ProofCase['run'],
  more: Partial<Pick<ProofCase, 'controls' | 'applies'>> = {},
): ProofCase => ({ id, demands: 'refusal', about, twin: LOGIN, applies: logsIn, run, ...more });

const authorizing =
  (changes: Changes) =>
  ({ client }: Trial): Promise<Answer> =>
    client.login({ authorize: changes });
const exchanging =
  (changes: Changes) =>
  ({ client }: Trial): Promise<Answer> =>
    client.login({ exchange: changes });

const askedAt =
  (at: (callbackUrl: string) => string) =>
  ({ client }: Trial): Promise<Answer> => {
    const redirect_uri = at(client.callbackUrl);
    return client.login({ authorize: { redirect_uri }, exchange: { redirect_uri } });
  };

/** A person logs in, and the client trades the code. */
export const WEB_SERVER: readonly ProofCase[] = [
  {
    id: LOGIN,
    demands: 'grant',
    about: 'log in with PKCE, as this client is declared',
    applies: logsIn,
    run: ({ client }) => client.login(),
  },
  refusal(
    'login-without-challenge',
    'log in without a code challenge',
    ({ client }) =>
      client.login({
        authorize: { code_challenge: undefined, code_challenge_method: undefined },
        exchange: { code_verifier: undefined },
      }),
    { controls: PKCE },
  ),
  refusal('login-plain-challenge', 'log in with a plain code challenge', ({ client }) => {
    const plain = 'p'.repeat(43);
    return client.login({
      authorize: { code_challenge: plain, code_challenge_method: 'plain' },
      exchange: { code_verifier: plain },
    });
  }),
  refusal(
    'code-without-verifier',
    'trade a stolen code without its verifier',
    exchanging({ code_verifier: undefined }),
  ),
  refusal(
    'code-wrong-verifier',
    'trade a stolen code with another verifier',
    exchanging({ code_verifier: 'x'.repeat(43) }),
  ),
  refusal('code-twice', 'trade a code a second time', ({ client }) =>
    client.withCode({}, async (code) => {
      await client.exchange(code);
      return client.exchange(code);
    }),
  ),
  refusal('code-of-another-client', 'trade a stolen code as another client', ({ client, stranger }) =>
    client.withCode({}, (code) => stranger.exchange(code, { redirect_uri: client.callbackUrl })),
  ),
  refusal('code-without-secret', 'trade a code without the secret', exchanging({ client_secret: undefined }), {
    controls: SECRET,
    applies: confidential,
  }),
  refusal('code-wrong-secret', 'trade a code with another secret', exchanging({ client_secret: 'not-the-secret' }), {
    applies: confidential,
  }),
  refusal(
    'code-public-with-wrong-secret',
    'trade a code with a made-up secret, as a public client',
    exchanging({ client_secret: 'not-the-secret' }),
    { applies: isPublic },
  ),
  refusal(
    'callback-unregistered',
    'have the code sent to a callback URL that is not registered',
    askedAt(() => 'https://attacker.example/callback'),
  ),
  refusal(
    'callback-longer',
    'have the code sent to a longer path of a registered callback URL',
    askedAt((url) => `${url}/../attacker`),
  ),
  refusal('scope-beyond', 'ask for a scope that is not declared', authorizing({ scope: 'full web' }), {
    applies: (subject, flows) =>
      logsIn(subject, flows) && valueOf(subject.fields.scopes)?.some((scope) => scope === 'Full') === false,
  }),
  refusal('implicit', 'ask for a token instead of a code', ({ client }) =>
    client.withCode({ authorize: { response_type: 'token' } }, () => ({
      granted: true,
      said: 'an access token in the address of the browser',
    })),
  ),
  refusal(
    'user-not-admitted',
    'log in as a user without the permission set',
    ({ client, subject }) => client.login({ user: subject.outsider }),
    { applies: (subject, flows) => logsIn(subject, flows) && flows.restricted },
  ),
];
