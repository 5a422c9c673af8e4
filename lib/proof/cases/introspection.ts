import type { ProofCase } from '../case';
import type { Answer, LoginAnswer, ProofClient } from '../client';
import { type Flows, flowsOf, type Subject } from '../subject';

const OWN = 'introspect-own';

const signsIn = ({ callbackUrls, clientCredentials, assertions }: Flows): boolean =>
  callbackUrls.length > 0 || clientCredentials || assertions;
/** Only a client that shows a secret gets an answer. */
const applies = ({ kind }: Subject, flows: Flows): boolean => kind !== 'public' && signsIn(flows);

/** A session, the first way that the client is declared for. */
function session(client: ProofClient): Promise<LoginAnswer> {
  const { callbackUrls, clientCredentials } = flowsOf(client.subject);
  if (callbackUrls.length > 0) return client.login();
  return clientCredentials ? client.clientCredentials() : client.assertion();
}

async function introspected(holder: ProofClient, client: ProofClient): Promise<Answer> {
  const held = await session(holder);
  return held.tokens === undefined ? held : client.introspect(held.tokens.access);
}

/** A client asks the org about tokens. */
export const INTROSPECTIONS: readonly ProofCase[] = [
  {
    id: OWN,
    demands: 'grant',
    about: 'ask what a token of its own opens (introspection)',
    applies,
    run: ({ client }) => introspected(client, client),
  },
  {
    id: 'introspect-of-another-client',
    demands: 'refusal',
    about: 'ask what the token of another client opens',
    twin: OWN,
    controls: ['SFCA-APP-INTROSPECTION'],
    applies,
    run: ({ client, neighbor }) => introspected(neighbor, client),
  },
];
