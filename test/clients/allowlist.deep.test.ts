import { SalesforceOrg } from '../../constructs';
import { type Project, project, TODAY } from '../cli/support';
import { rareSettings } from '../proof/support';
import { outcomes, proved, scenarioOf } from './support';

let here: Project;
beforeAll(() => {
  here = project();
  here.synth((stack) =>
    rareSettings(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY, apiVersion: 68 })),
  );
});
afterAll(() => here.remove());

const OUTSIDE = 'outside-allowlist';

describe('a client of an app with an allowlist of refresh tokens', () => {
  it('is taken to come from the list, is refused outside of it, and goes on once it is back', async () => {
    const { code, proof } = await proved(here, 'Vault', 'openid-client.mjs');
    expect([code, new Set(Object.values(outcomes(proof)))]).toEqual([0, new Set(['survives'])]);
    expect(proof.declared.assumed_address).toBe('203.0.113.1');
    // It came back by what it had kept: no person logged in again.
    expect(scenarioOf(proof, OUTSIDE)?.did).toMatch(
      /^outside it ended with exit code 1: .*; invalid_grant: ip restricted; .*; back inside: refresh token ×1$/,
    );
  });

  it('that gives up when it is kept out breaks, because of the list', async () => {
    const { code, proof } = await proved(here, 'Vault', 'openid-client.mjs no-second-login gives-up');
    expect(scenarioOf(proof, OUTSIDE)).toMatchObject({
      outcome: 'breaks',
      because: { field: 'ExtlClntAppOauthSecuritySettings.tokenIpRanges' },
    });
    expect(code).toBe(3);
  });
});
