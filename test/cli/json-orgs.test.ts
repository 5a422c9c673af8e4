import type { TerraformStack } from 'cdktf';
import { z } from 'zod';

import { SalesforceOrg } from '../../constructs';
import {
  applyAnswerSchema,
  driftAnswerSchema,
  outputsAnswerSchema,
  planAnswerSchema,
} from '../../lib/cli/answer-schema';
import { auditAnswerSchema } from '../../lib/cli/audit-schema';
import type { Emulator } from '../../lib/emulator';
import { failedOrgs } from '../../lib/plan/org-failure';
import { statusSchema } from '../../lib/plan/status-schema';
import { usageSchema } from '../../lib/usage/schema';
import { deploys, fastOrg, login, org, portal, type Project, project, TODAY } from './support';

const NOWHERE = { SF_TEST_INSTANCE_URL: 'http://127.0.0.1:1', SF_TEST_ACCESS_TOKEN: 'none' };
const twoOrgs = (stack: TerraformStack): void => {
  portal(org(stack));
  portal(org(stack, 'test'));
};
const withFailed = z.looseObject({ failed: failedOrgs });
/** The id of another organization. */
const PINNED = '00D000000000099';

describe('the JSON of a command about two orgs, one of which fails', () => {
  let here: Project;
  let prod: Emulator;
  beforeEach(async () => {
    here = project();
    prod = await fastOrg({});
  });
  afterEach(async () => {
    await prod.close();
    here.remove();
  });

  it.each<[string, z.ZodType]>([
    ['plan --json', planAnswerSchema],
    ['apply --json --auto-approve', applyAnswerSchema],
    ['destroy --json --all --auto-approve', applyAnswerSchema],
    ['destroy --json --dry-run', planAnswerSchema],
    ['status --format json', statusSchema],
    ['usage --format json', usageSchema],
    ['audit --format json', auditAnswerSchema],
    ['drift --json', driftAnswerSchema],
    ['outputs --json', outputsAnswerSchema],
  ])('%s says of which org, and why', async (line, schema) => {
    here.synth(twoOrgs);
    const { stdout, stderr, code } = await here.run(line, { environment: { ...login(prod, 'prod'), ...NOWHERE } });
    const answer: unknown = JSON.parse(stdout);
    schema.parse(answer);
    const { failed } = withFailed.parse(answer);
    expect(code).toBe(5);
    // What people are told, who see the code of the system once.
    expect(failed).toEqual([{ org: 'test', exit_code: 5, errors: [expect.objectContaining({ severity: 'error' })] }]);
    expect(stderr.replace(/\s+/g, ' ')).toContain(failed[0]?.errors[0]?.problem.replace(/ \(E[A-Z]+\)$/, ''));
  });

  it('apply --json holds the errors of a plan that it refuses, by org', async () => {
    here.synth((stack) => {
      portal(org(stack));
      portal(new SalesforceOrg(stack, 'dev', { contactEmail: 'iam@acme.example', today: TODAY, orgId: PINNED }));
    });
    const environment = { ...login(prod, 'prod'), ...login(prod, 'dev') };
    // Somebody else's app of the same name.
    const other = project();
    other.synth((stack) => portal(org(stack, 'other')));
    await other.run('apply --auto-approve', { environment: login(prod) });
    other.remove();
    const before = deploys(prod);

    const { stdout, code } = await here.run('apply --json --auto-approve', { environment });
    const { receipts, failed } = applyAnswerSchema.parse(JSON.parse(stdout));
    expect([code, receipts, deploys(prod)]).toEqual([1, [], before]);
    expect(failed?.map((each) => [each.org, each.exit_code, each.errors.map((error) => error.code)])).toEqual([
      ['dev', 1, ['wrong-org']],
      ['prod', 1, ['owned-by-another-manifest']],
    ]);
  });

  it('apply --json --fail-fast says that the other org was held back', async () => {
    here.synth(twoOrgs);
    const { stdout } = await here.run('apply --json --auto-approve --fail-fast', {
      environment: { ...login(prod, 'prod'), ...NOWHERE },
    });
    const answer = applyAnswerSchema.parse(JSON.parse(stdout));
    expect(answer.receipts).toEqual([]);
    expect(answer.failed?.map((each) => each.org).sort()).toEqual(['prod', 'test']);
  });

  it('names no org where none failed', async () => {
    here.synth((stack) => portal(org(stack)));
    const { stdout } = await here.run('plan --json', { environment: login(prod) });
    expect(planAnswerSchema.parse(JSON.parse(stdout))).not.toHaveProperty('failed');
  });
});
