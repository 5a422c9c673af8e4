import { type Project, project } from '../cli/support';
import { declareThreeKinds, outcomes, proved } from './support';

let here: Project;
beforeAll(() => {
  here = project();
  declareThreeKinds(here);
});
afterAll(() => here.remove());

const ALL_SURVIVED = {
  login: 'survives',
  'sessions-over': 'survives',
  'session-over-in-between': 'survives',
  'two-at-once': 'survives',
  revoked: 'survives',
  idle: 'survives',
};

describe('a client that uses its library as it should survives a secure declaration', () => {
  it.each([
    ['Portal', 'openid-client.mjs', 'form'],
    ['Portal', 'oauth4webapi.mjs', 'basic'],
    ['Portal', 'simple-oauth2.mjs', 'form'],
    ['Mobile', 'badgateway.mjs', 'none'],
    ['Portal', 'arctic.mjs', 'basic'],
    ['Portal', 'jsforce.mjs', 'form'],
  ])('%s, %s', async (app, client, secret) => {
    const { code, proof } = await proved(here, app, client);
    expect(outcomes(proof)).toEqual(ALL_SURVIVED);
    expect(code).toBe(0);
    const calls = proof.declared.wire;
    expect(calls.filter(({ pkce }) => pkce !== undefined).map(({ pkce }) => pkce)).toEqual(['S256']);
    const refreshes = calls.filter(({ grant, refused }) => grant === 'refresh_token' && refused === undefined);
    expect(refreshes).toEqual([expect.objectContaining({ secret, refresh_token: 'current' })]);
  });

  it('a machine whose assertions jsforce sends', async () => {
    const { code, proof } = await proved(here, 'Billing', 'jsforce.mjs');
    expect([code, new Set(Object.values(outcomes(proof)))]).toEqual([0, new Set(['survives'])]);
    expect(Object.keys(outcomes(proof))).toEqual(['login', 'sessions-over', 'two-at-once', 'revoked']);
  });
});
