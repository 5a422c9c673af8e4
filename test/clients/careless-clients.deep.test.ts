import { type Project, project } from '../cli/support';
import { declareThreeKinds, outcomes, proved, scenarioOf } from './support';

let here: Project;
beforeEach(() => {
  here = project();
  declareThreeKinds(here);
});
afterEach(() => here.remove());

const GLOBAL = 'ExtlClntAppGlobalOauthSettings';

describe('a client that breaks is told which setting breaks it', () => {
  it.each([
    ['Portal', 'openid-client.mjs no-pkce', 'isPkceRequired'],
    ['Portal', 'oauth4webapi.mjs no-pkce', 'isPkceRequired'],
    ['Portal', 'simple-oauth2.mjs no-pkce', 'isPkceRequired'],
    ['Mobile', 'badgateway.mjs no-pkce', 'isPkceRequired'],
    ['Portal', 'arctic.mjs no-pkce', 'isPkceRequired'],
    ['Portal', 'jsforce.mjs no-pkce', 'isPkceRequired'],
    ['Portal', 'openid-client.mjs no-secret', 'isConsumerSecretOptional'],
    ['Portal', 'arctic.mjs no-secret', 'isConsumerSecretOptional'],
  ])('%s, %s: %s', async (app, client, field) => {
    const { code, proof } = await proved(here, app, client);
    expect(scenarioOf(proof, 'login')).toMatchObject({ outcome: 'breaks', because: { field: `${GLOBAL}.${field}` } });
    // What could only be tried after a login was not.
    expect(new Set(Object.values(outcomes(proof)).slice(1))).toEqual(new Set(['not-evaluated']));
    expect(code).toBe(3);
  });

  it.each([
    ['simple-oauth2.mjs old-refresh-token', 'sessions-over', 'a person had to log in again'],
    ['arctic.mjs old-refresh-token no-second-login', 'sessions-over', 'it ended with exit code 1'],
    ['openid-client.mjs no-lock no-second-login', 'two-at-once', 'it ended with exit code 1'],
  ])('%s: the rotation of refresh tokens, in %s', async (client, scenario, did) => {
    const { code, proof } = await proved(here, 'Portal', client);
    expect(scenarioOf(proof, 'login')?.outcome).toBe('survives');
    expect(scenarioOf(proof, scenario)).toMatchObject({
      outcome: 'breaks',
      did: expect.stringContaining(did) as string,
      because: { field: `${GLOBAL}.isRefreshTokenRotationEnabled`, value: 'true' },
    });
    expect(code).toBe(3);
  });
});
