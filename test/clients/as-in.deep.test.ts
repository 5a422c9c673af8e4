import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { PermittedUsers, PrivateClientApp, SalesforceOrg, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, type Project, project, TODAY } from '../cli/support';
import { commandOf, declareThreeKinds, proved, scenarioOf } from './support';

let here: Project;
beforeEach(() => {
  here = project();
  declareThreeKinds(here);
});
afterEach(() => here.remove());

describe('on what an org has today', () => {
  let salesforce: Emulator;
  beforeEach(async () => {
    salesforce = await fastOrg({ lacking: { permissionSets: [{ name: 'Portal_Users', holders: 1 }] } });
    const unrotated = project();
    try {
      unrotated.synth((stack) => {
        const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY });
        new PrivateClientApp(org, 'Portal', {
          label: 'Portal',
          callbackUrls: ['https://portal.acme.example/oauth/callback'],
          scopes: [Scope.API, Scope.REFRESH_TOKEN],
          permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Users'] }),
          refreshTokenRotation: {
            enabled: false,
            justification: { reason: 'Old client', approvedBy: 'security@acme.example', expires: '2027-06-30' },
          },
        });
      });
      const applied = await unrotated.run('apply --auto-approve', { environment: login(salesforce) });
      expect([applied.stderr, applied.code]).toEqual([expect.any(String), 0]);
    } finally {
      unrotated.remove();
    }
  });
  afterEach(() => salesforce.close());

  it('a client that keeps its first refresh token works, and breaks after the plan', async () => {
    const before = salesforce.calls().length;
    const client = 'simple-oauth2.mjs old-refresh-token';
    const asked = { options: ' --as-in prod', environment: login(salesforce) };
    const { code, proof, document } = await proved(here, 'Portal', client, asked);
    expect(proof.today).toMatchObject({ org: 'prod', run: { outcome: 'survives' }, change: 'breaks-after-plan' });
    expect(scenarioOf(proof, 'sessions-over')?.because).toMatchObject({ value: 'true', value_today: 'false' });
    expect(code).toBe(3);
    // The org was read, and nothing else.
    const operations = salesforce
      .calls()
      .slice(before)
      .map(({ operation }) => operation);
    expect(operations.filter((one) => /deploy|token|authorize/i.test(one))).toEqual([]);
    const validate = addFormats(new Ajv2020({ strict: true, allErrors: true })).compile(
      JSON.parse(readFileSync(join(__dirname, '../../schemas/proof.schema.json'), 'utf8')) as object,
    );
    expect([validate(document), validate.errors]).toEqual([true, null]);
  });

  it('says in a sentence what the plan changes, and for an app that the org lacks that it has none', async () => {
    const environment = login(salesforce);
    const good = await here.run(`prove Portal --no-synth --as-in prod -- ${commandOf('arctic.mjs')}`, { environment });
    expect(good.stdout).toContain('Works today in prod, and after this plan.');
    expect(good.stdout).toContain('of prod, only settings were read');
    expect(good.code).toBe(0);
    const none = await here.run(`prove Mobile --no-synth --as-in prod -- ${commandOf('arctic.mjs')}`, { environment });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('prod has no such app')]);
    const wrong = await here.run(`prove Mobile --no-synth --as-in prd -- ${commandOf('arctic.mjs')}`, { environment });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('did you mean prod?')]);
  });
});
