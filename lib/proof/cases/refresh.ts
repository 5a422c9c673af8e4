import { valueOf } from '../../policy/reading';
import { insideOf, outsideOf } from '../allowlist';
import type { ProofCase, Trial } from '../case';
import type { Answer, Changes, Tokens } from '../client';
import type { Flows, Subject } from '../subject';

const REFRESH = 'refresh';
const refreshes = (_: Subject, flows: Flows): boolean => flows.refreshes;
const confidential = ({ kind }: Subject, flows: Flows): boolean => flows.refreshes && kind === 'private';
const allowlisted = (subject: Subject, flows: Flows): boolean => flows.refreshes && insideOf(subject) !== undefined;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What happens to the tokens of a fresh login; a login that is refused is the answer. */
const afterLogin =
  (then: (tokens: Tokens, trial: Trial) => Promise<Answer>): ProofCase['run'] =>
  async (trial) => {
    const login = await trial.client.login();
    return login.tokens === undefined ? login : then(login.tokens, trial);
  };

const refreshing = (changes: Changes): ProofCase['run'] =>
  afterLogin(({ refresh }, { client }) => client.refresh(refresh, changes));

const rotates = ({ fields }: Subject): boolean => valueOf(fields.refreshTokenRotation) === true;

/** After how many days without use a refresh token is to be over; undefined where the declaration sets no limit. */
export function idleDays({ fields }: Subject): number | undefined {
  const policy = valueOf(fields.refreshTokenPolicy);
  const days = { Hours: 1 / 24, Days: 1, Months: 30 }[policy?.unit ?? ''] ?? 1;
  const stated = policy?.type === 'SpecificInactivity' ? (policy.period ?? 0) * days : Infinity;
  const limit = valueOf(fields.idleRefreshTokenLimit) === true ? 30 : Infinity;
  const least = Math.min(stated, limit);
  return least === Infinity ? undefined : least;
}

const ROTATION = ['SFCA-ECA-ROTATION', 'SFCA-CA-ROTATION'];
const IDLE = ['SFCA-APP-REFRESH-IDLE', 'SFCA-APP-REFRESH-LIFETIME'];

/** The client comes back without the person. */
export const REFRESHES: readonly ProofCase[] = [
  {
    id: REFRESH,
    demands: 'grant',
    about: 'come back with the refresh token, three times',
    applies: refreshes,
    run: afterLogin(async ({ refresh }, { client }) => {
      let held = refresh;
      let answer: Answer = { granted: false, said: 'no refresh token was given out' };
      for (let turn = 0; turn < 3; turn++) {
        const next = await client.refresh(held);
        answer = next;
        held = next.tokens?.refresh ?? held;
      }
      return answer;
    }),
  },
  {
    id: 'refresh-without-secret',
    demands: 'refusal',
    about: 'use a stolen refresh token without the secret',
    twin: REFRESH,
    controls: ['SFCA-ECA-SECRET-REFRESH', 'SFCA-CA-SECRET-REFRESH'],
    applies: confidential,
    run: refreshing({ client_secret: undefined }),
  },
  {
    id: 'refresh-wrong-secret',
    demands: 'refusal',
    about: 'use a stolen refresh token with another secret',
    twin: REFRESH,
    applies: confidential,
    run: refreshing({ client_secret: 'not-the-secret' }),
  },
  {
    id: 'refresh-of-another-client',
    demands: 'refusal',
    about: 'use a stolen refresh token as another client',
    twin: REFRESH,
    applies: refreshes,
    run: afterLogin(({ refresh }, { stranger }) => stranger.refresh(refresh)),
  },
  {
    id: 'refresh-reused',
    demands: 'refusal',
    about: 'use a refresh token that was used before',
    twin: REFRESH,
    controls: ROTATION,
    applies: refreshes,
    run: afterLogin(async ({ refresh }, { client }) => {
      await client.refresh(refresh);
      return client.refresh(refresh);
    }),
  },
  {
    id: 'refresh-after-reuse',
    demands: 'refusal',
    about: 'go on with the newest refresh token after a former one was used again',
    twin: REFRESH,
    controls: ROTATION,
    applies: (subject, flows) => flows.refreshes && rotates(subject),
    run: afterLogin(async ({ refresh }, { client }) => {
      const next = await client.refresh(refresh);
      await client.refresh(refresh);
      return client.refresh(next.tokens?.refresh ?? refresh);
    }),
  },
  {
    id: 'refresh-from-elsewhere',
    demands: 'refusal',
    about: 'use a refresh token from an address outside the allowlist',
    twin: 'refresh-from-inside',
    applies: (subject, flows) => flows.refreshes && outsideOf(subject) !== undefined,
    run: afterLogin(({ refresh }, { client, subject }) => client.refresh(refresh, {}, outsideOf(subject))),
  },
  {
    id: 'refresh-from-inside',
    demands: 'grant',
    about: 'come back from an address on the allowlist',
    applies: allowlisted,
    run: afterLogin(({ refresh }, { client }) => client.refresh(refresh)),
  },
  {
    id: 'refresh-before-idle',
    demands: 'grant',
    about: 'come back the day before an unused refresh token ends',
    ages: true,
    applies: (subject, flows) => flows.refreshes && (idleDays(subject) ?? 0) > 1,
    run: aged((days) => (days - 1) * DAY),
  },
  {
    id: 'refresh-after-idle',
    demands: 'refusal',
    about: 'use a refresh token that lay unused for too long',
    twin: REFRESH,
    controls: IDLE,
    ages: true,
    applies: refreshes,
    run: aged((days) => days * DAY + MINUTE),
  },
  {
    id: 'session-over',
    demands: 'refusal',
    about: 'use an access token after its time',
    twin: REFRESH,
    controls: ['SFCA-ECA-SESSION-TIMEOUT', 'SFCA-CA-SESSION-TIMEOUT'],
    ages: true,
    applies: (subject, { callbackUrls }) => callbackUrls.length > 0 && sessionMinutes(subject) !== undefined,
    run: afterLogin(({ access }, { client, subject }) => {
      client.place.advance((sessionMinutes(subject) ?? 0) * MINUTE + MINUTE);
      return client.call(access);
    }),
  },
];

/** How long an access token is declared to work. */
export function sessionMinutes({ fields }: Subject): number | undefined {
  return valueOf(fields.jwtAccessTokens) === true
    ? valueOf(fields.jwtTimeoutMinutes)
    : valueOf(fields.sessionTimeoutMinutes);
}

/** A year where nothing limits the idle time: what nothing ends by then is as good as endless. */
function aged(wait: (days: number) => number): ProofCase['run'] {
  return afterLogin(({ refresh }, { client, subject }) => {
    client.place.advance(wait(idleDays(subject) ?? 365));
    return client.refresh(refresh);
  });
}
