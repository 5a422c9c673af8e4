import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import type { SalesforceOrg } from '../../../constructs';
import { planOf } from '../../../lib/plan/plan-file';
import { planText } from '../../../lib/reports/plan/text';
import type { RenderOptions } from '../../../lib/reports/style';
import { cases } from '../../deep';
import { type Bench, bench, declared } from '../../operations/support';
import { TEN_APPS_ORG, tenApps, tenOrdinaryApps } from './ten-apps';

const WIDTHS: readonly RenderOptions[] = [{ width: 80 }, { width: 100 }, { width: 140 }, { width: 200 }, {}];

describe('a plan of ten new apps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-ten-'));
  let org: Bench;
  beforeAll(async () => {
    writeFileSync(join(folder, 'org.json'), JSON.stringify(TEN_APPS_ORG));
    org = await bench({ seedDir: folder });
  });
  afterAll(async () => {
    await org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Of each width, from the heading of the org to the last line. */
  async function linesOf(declare: (org: SalesforceOrg) => void): Promise<readonly number[]> {
    const plan = await org.plan(declared(declare), { fail_on: 'none' });
    expect(plan.diagnostics).toEqual([]);
    expect(plan.apps.filter(({ action }) => action === 'create')).toHaveLength(10);
    return WIDTHS.map((options) => planText(planOf([plan]), options).split('\n').length - 1);
  }

  it('has at most 60 lines: people, phones and machines, certificates, exceptions and a finding', async () => {
    for (const lines of await linesOf(tenApps)) expect(lines).toBeLessThanOrEqual(60);
  });

  it('has at most 60 lines whatever ten ordinary apps there are', async () => {
    await fc.assert(
      fc.asyncProperty(tenOrdinaryApps, async (declare) => {
        for (const lines of await linesOf(declare)) expect(lines).toBeLessThanOrEqual(60);
      }),
      { numRuns: cases(5, 60), endOnFailure: true },
    );
  });
});
