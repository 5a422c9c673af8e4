import { valueOf } from '../../policy/reading';
import type { ProofCase, Trial } from '../case';
import type { Answer, Changes } from '../client';
import { type Flows, type Subject, subjectTokenOf } from '../subject';

const EXCHANGE = 'exchange';
const CONTROLS = ['SFCA-APP-TOKEN-EXCHANGE'];
const TYPE = 'urn:ietf:params:oauth:token-type:';
const applies = ({ exchange }: Subject, flows: Flows): boolean => flows.exchange && exchange !== undefined;
const confidential = (subject: Subject, flows: Flows): boolean => applies(subject, flows) && subject.kind !== 'public';

const demandsSecret = ({ fields }: Subject): boolean => valueOf(fields.secretInTokenExchange) === true;

/** Brings the token of another issuer. */
const trade = ({ client, subject }: Trial, changes: Changes = {}): Promise<Answer> =>
  client.token({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    ...client.identity(),
    subject_token: subjectTokenOf(subject.insider),
    subject_token_type: TYPE + (subject.exchange?.type ?? 'id_token'),
    token_handler: subject.exchange?.handler,
    ...changes,
  });

const refusal = (id: string, about: string, run: ProofCase['run'], more: Partial<ProofCase> = {}): ProofCase => ({
  ...{ id, demands: 'refusal', about, twin: EXCHANGE, applies, run },
  ...more,
});

/** A token of another issuer becomes one of the org. */
export const EXCHANGES: readonly ProofCase[] = [
  { id: EXCHANGE, demands: 'grant', about: 'trade the token of another issuer', applies, run: (trial) => trade(trial) },
  refusal('exchange-unknown-token', 'trade a token that the handler does not know', (trial) =>
    trade(trial, { subject_token: 'made-up' }),
  ),
  refusal(
    'exchange-other-type',
    'trade a token of a type that the handler does not take',
    async (trial) => {
      let answer: Answer = { granted: false, said: 'nothing was sent' };
      for (const type of trial.subject.exchange?.otherTypes ?? []) {
        answer = await trade(trial, { subject_token_type: TYPE + type });
        if (answer.granted) break;
      }
      return answer;
    },
    { applies: (subject, flows) => applies(subject, flows) && (subject.exchange?.otherTypes ?? []).length > 0 },
  ),
  refusal(
    'exchange-without-secret',
    'trade a stolen token of another issuer without the secret',
    (trial) => trade(trial, { client_secret: undefined }),
    { applies: (subject, flows) => confidential(subject, flows) && demandsSecret(subject) },
  ),
  refusal(
    'exchange-secret-undemanded',
    'trade a stolen token of another issuer, as no secret is demanded',
    (trial) => trade(trial, { client_secret: undefined }),
    { controls: CONTROLS, applies: (subject, flows) => confidential(subject, flows) && !demandsSecret(subject) },
  ),
  refusal(
    'exchange-wrong-secret',
    'trade a stolen token of another issuer with another secret',
    (trial) => trade(trial, { client_secret: 'not-the-secret' }),
    { applies: confidential },
  ),
  refusal(
    'exchange-user-not-admitted',
    'trade the token of a user without the permission set',
    (trial) => trade(trial, { subject_token: subjectTokenOf(trial.subject.outsider) }),
    { applies: (subject, flows) => applies(subject, flows) && flows.restricted },
  ),
  refusal(
    'exchange-undeclared',
    'trade the token of another issuer although token exchange is off',
    (trial) => trade(trial),
    { twin: undefined, applies: (_, flows) => !flows.exchange },
  ),
];
