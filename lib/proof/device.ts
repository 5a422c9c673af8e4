import type { LoginAnswer, ProofClient } from './client';

const SECOND = 1000;

/** What a case does otherwise in a device login. */
export interface DeviceChanges {
  readonly user?: string;
  /** What the person says; left out: no one types the code. */
  readonly decision?: 'allow' | 'deny';
  /** How long the device waits before it asks, in milliseconds of the org’s clock. */
  readonly wait?: number;
  /** How often the device asks. */
  readonly times?: number;
}

/** The device flow: the device asks for codes, a person lets it in elsewhere, the device asks for its tokens. */
export async function deviceLogin(client: ProofClient, changes: DeviceChanges = {}): Promise<LoginAnswer> {
  const { user = client.subject.insider, decision, wait = 6 * SECOND, times = 1 } = changes;
  const form = { ...client.identity(), response_type: 'device_code' };
  const started = await client.json('/services/oauth2/token', form);
  const { device_code: code, user_code } = started;
  if (typeof code !== 'string') {
    return { granted: false, said: `${String(started['error'])}: ${String(started['error_description'])}` };
  }
  if (decision !== undefined) {
    const { password } = client.place;
    await client.send('/setup/connect', { user_code: String(user_code), username: user, password, approval: decision });
  }
  let answer: LoginAnswer = { granted: false, said: 'the device did not ask' };
  for (let turn = 0; turn < times; turn++) {
    client.place.advance(wait);
    answer = await client.token({ ...client.identity(), grant_type: 'device', code });
  }
  return answer;
}
