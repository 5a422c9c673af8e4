import fc from 'fast-check';

import { importProgram } from '../../lib/import';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { draftPlan } from '../../lib/plan/draft-plan';
import { NO_CONSENTS } from '../../lib/plan/plan';
import { removeTemporaryFolders } from '../constructs/support';
import { cases } from '../deep';
import { spell, toAnnounce } from './changes';
import { orgs } from './random-orgs';
import { filledIn, manifestsOf } from './run-program';

const TODAY = '2026-11-21';
const CASES = Number(process.env['CLIENT_APPS_CASES'] ?? cases(5, 40));
/** The same orgs in every run of CI. */
const SEED = Number(process.env['CLIENT_APPS_SEED'] ?? '31');

afterAll(removeTemporaryFolders);

it('one program for two random orgs: the plan of each changes what the comments announce for it', () => {
  let shared = 0;
  fc.assert(
    fc.property(orgs(66, 3), orgs(66, 3), (prod, dev) => {
      const observed: Readonly<Record<string, ObservedOrg>> = { prod, dev };
      const program = importProgram({
        orgs: Object.entries(observed).map(([name, org]) => ({ name, observed: org, apiVersion: 66 })),
        kinds: new Map(),
        keepAsIs: new Map(),
        today: TODAY,
      });
      for (const manifest of manifestsOf(filledIn(program.files), TODAY)) {
        const org = observed[manifest.org.name];
        if (!org) throw new Error(manifest.org.name);
        const { plan } = draftPlan({
          manifest,
          observed: org,
          identity: { orgId: '', instanceUrl: '', apiVersions: [66] },
          facts: { unread: [] },
          consents: NO_CONSENTS,
          today: TODAY,
          lastReceipt: { apps: new Map() },
        });
        const announced = program.hardenings
          .filter((each) => each.org === manifest.org.name)
          .map(({ app, change }) => spell(app, change));
        expect([manifest.org.name, announced.sort()]).toEqual([manifest.org.name, toAnnounce(program, plan).sort()]);
        shared += manifest.apps.length;
      }
    }),
    { numRuns: CASES, endOnFailure: true, seed: SEED },
  );
  expect(shared).toBeGreaterThan(CASES);
});
