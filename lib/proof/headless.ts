import { afterCode, type Changes, type LoginAnswer, type Manner, type ProofClient } from './client';

/** What a case does otherwise in a headless login. */
export interface HeadlessChanges {
  readonly authorize?: Changes;
  readonly exchange?: Changes;
  readonly user?: string;
  readonly password?: string;
  /** Where user name and password are; in the POST body, where it is left out. */
  readonly where?: 'header' | 'address' | 'GET';
}

const AUTHORIZE = '/services/oauth2/authorize';

/** The Authorization Code and Credentials Flow: the client has a login form of its own. */
export async function headlessLogin(client: ProofClient, changes: HeadlessChanges = {}): Promise<LoginAnswer> {
  const { authorize, exchange, user = client.subject.insider, password = client.place.password, where } = changes;
  const question = client.question({ response_type: 'code_credentials', ...authorize });
  const who = { username: user, password };
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const headers = { 'auth-request-type': 'Named-User', ...(where === 'header' && { authorization: basic }) };
  const manner: Manner = {
    headers,
    ...(where === 'address' && { inAddress: who }),
    ...(where === 'GET' && { method: 'GET' }),
  };
  const form = where === undefined || where === 'GET' ? { ...question, ...who } : question;
  return afterCode(await client.codeFrom(AUTHORIZE, form, manner), (code) => client.exchange(code, exchange));
}

const VISITOR = '6a2f41a3-c54c-4ba8-9c3c-0d6b2d1f5c11';

/** The guest variant of the flow: no one logs in. */
export async function guestLogin(client: ProofClient, claimed = VISITOR): Promise<LoginAnswer> {
  const as = (visitor: string): Manner => ({ headers: { 'auth-request-type': 'Guest', 'uvid-hint': visitor } });
  const question = client.question({ response_type: 'code_credentials' });
  return afterCode(await client.codeFrom(AUTHORIZE, question, as(VISITOR)), (code) =>
    client.exchange(code, {}, as(claimed)),
  );
}
