import fc from 'fast-check';

import { importProgram } from '../../lib/import';
import type { ImportedOrg, ImportedProgram } from '../../lib/import/model';
import { changeText } from '../../lib/import/notes';
import type { Manifest } from '../../lib/metadata/manifest';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { readForImport } from '../../lib/operations/read-import';
import { isClientAppsError } from '../../lib/values/diagnostic';
import { writeSeed } from '../cli/messy-support';
import { type Project, project } from '../cli/support';
import { CUSTOM_SCOPES, PERMISSION_SETS, PROFILES, RUN_AS, SETUP } from '../constructs/arbitraries';
import { removeTemporaryFolders } from '../constructs/support';
import { cases } from '../deep';
import { type Bench, bench, TODAY } from '../operations/support';
import { spell, toAnnounce } from './changes';
import { filesOf } from './files-of';
import { livableOrgs } from './random-orgs';
import { filledIn, manifestsOf, spoken, withoutComments } from './run-program';

/** Random orgs of up to three apps, each imported, applied and imported again in an emulated org. */
const CASES = Number(process.env['CLIENT_APPS_CASES'] ?? cases(6, 20));
/** The same orgs in every run of CI; whoever looks for more gives other seeds, and each process one of its own. */
const SEED = Number(process.env['CLIENT_APPS_SEED'] ?? '21');
const APPS = 3;

let here: Project;
beforeAll(() => {
  here = project();
});
afterAll(() => {
  here.remove();
  removeTemporaryFolders();
});

/** What the apps of the random orgs name. */
const AROUND = new Map([
  [
    'org.json',
    JSON.stringify({
      users: [{ username: RUN_AS, active: true, apiEnabled: true, profile: 'Minimum Access - API Only Integrations' }],
      permissionSets: PERMISSION_SETS.map((name) => ({ name, holders: 1 })),
      profiles: PROFILES,
      ...SETUP,
    }),
  ],
  [
    'settings/OauthOidc.settings',
    '<OauthOidcSettings xmlns="http://soap.sforce.com/2006/04/metadata"><oAuthCdCrdtFlowEnable>true</oAuthCdCrdtFlowEnable></OauthOidcSettings>',
  ],
  ...CUSTOM_SCOPES.map(
    (name) =>
      [
        `oauthcustomscopes/${name}.oauthcustomscope`,
        `<OauthCustomScope xmlns="http://soap.sforce.com/2006/04/metadata"><description>x</description><developerName>${name}</developerName><masterLabel>x</masterLabel></OauthCustomScope>`,
      ] as const,
  ),
]);

let seeds = 0;

/** The org with those of the apps that Salesforce would hold: the emulated org says which it refuses. */
async function living(observed: ObservedOrg, version: number): Promise<Bench> {
  const files = new Map([...filesOf(observed, version), ...AROUND]);
  for (;;) {
    try {
      return await bench({ seedDir: writeSeed(here, files, `seed-${seeds++}`) });
    } catch (error) {
      const text = isClientAppsError(error) ? error.message : '';
      const refused = new Set([...text.matchAll(/\/(App\d)\b/g)].map(([, name = '']) => name));
      if (refused.size === 0) throw error;
      for (const path of files.keys()) if ([...refused].some((name) => path.includes(`/${name}`))) files.delete(path);
    }
  }
}

const written = (org: ImportedOrg): ImportedProgram =>
  importProgram({ orgs: [org], kinds: new Map(), keepAsIs: new Map(), today: TODAY });

function manifestOf({ files }: ImportedProgram): Manifest {
  const [manifest] = manifestsOf(filledIn(files), TODAY);
  if (!manifest) throw new Error('the program declares no org');
  return manifest;
}

it(
  'a random org, imported: its plan shows what the comments announce; once that is applied, the plan is empty and an import gives the same program',
  async () => {
    let applied = 0;
    let hardened = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 60, max: 68 }).chain((version) => fc.tuple(fc.constant(version), livableOrgs(version, APPS))),
        async ([version, observed]) => {
          const salesforce = await living(observed, version);
          try {
            const program = written(await readForImport(salesforce.org, 'prod', version));
            const manifest = manifestOf(program);
            const names = program.apps.map(({ api_name: name }) => name);
            const plan = await salesforce.plan(manifest);
            const announced = program.hardenings.map(({ app, change }) => spell(app, change));
            expect(announced.sort()).toEqual(toAnnounce(program, plan).sort());
            const text = spoken(program.files);
            for (const { change } of program.hardenings) expect(text).toContain(changeText(change));

            const consents = { allow_certificate_removal: names, fail_on: 'none' } as const;
            const receipt = await salesforce.apply(manifest, consents);
            expect(receipt.apps.map(({ api_name: name }) => name)).toEqual(names);
            const after = await salesforce.plan(manifest);
            expect([after.phases, after.apps.flatMap(({ changes }) => changes)]).toEqual([[], []]);
            const again = written(await readForImport(salesforce.org, 'prod', version));
            expect(withoutComments(again.files)).toEqual(withoutComments(program.files));
            expect(again.hardenings).toEqual([]);
            applied += names.length;
            hardened += program.hardenings.length;
          } finally {
            await salesforce.close();
          }
        },
      ),
      { numRuns: CASES, endOnFailure: true, seed: SEED },
    );
    // Most of what is drawn at random is an app that Salesforce holds and that a program can declare.
    expect(applied).toBeGreaterThan(CASES);
    expect(hardened).toBeGreaterThan(CASES);
  },
  Math.max(60_000, CASES * 4_000),
);
