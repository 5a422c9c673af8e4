import fc from 'fast-check';
import { format } from 'prettier/standalone';

import { importProgram } from '../../lib/import';
import type { ImportedProgram, ImportInput } from '../../lib/import/model';
import { changeText } from '../../lib/import/notes';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { draftPlan, type PlanDraft } from '../../lib/plan/draft-plan';
import { type Consents, NO_CONSENTS } from '../../lib/plan/plan';
import { isError } from '../../lib/values/diagnostic';
import { removeTemporaryFolders } from '../constructs/support';
import { cases } from '../deep';
import { spell, toAnnounce } from './changes';
import { portal, withoutOwner } from './portal';
import { PRETTIER } from './prettier';
import { orgOf, orgs } from './random-orgs';
import { filledIn, manifestsOf, problemsOf, spoken, withoutComments } from './run-program';

const TODAY = '2026-11-21';
/** Every version that the library knows. */
const VERSIONS = fc.integer({ min: 60, max: 68 });
/** Random orgs of four apps: a thousand apps in the long run. */
const CASES = Number(process.env['CLIENT_APPS_CASES'] ?? cases(5, 250));
/** The same orgs in every run of CI; whoever looks for more gives other seeds, and each process one of its own. */
const SEED = process.env['CLIENT_APPS_SEED'] ?? '11';
const APPS = 4;

const input = (observed: ObservedOrg, apiVersion: number): ImportInput => ({
  orgs: [{ name: 'prod', observed, apiVersion }],
  kinds: new Map(),
  keepAsIs: new Map(),
  today: TODAY,
});

/** The plan of the program once a person has filled in what it leaves blank. */
function planOf({ files }: ImportedProgram, observed: ObservedOrg, consents: Partial<Consents> = {}): PlanDraft {
  const [manifest] = manifestsOf(filledIn(files), TODAY);
  if (!manifest) throw new Error('the program declares no org');
  return draftPlan({
    manifest,
    observed,
    identity: { orgId: '', instanceUrl: '', apiVersions: [manifest.org.api_version] },
    facts: { unread: [] },
    consents: { ...NO_CONSENTS, ...consents },
    today: TODAY,
    lastReceipt: { apps: new Map() },
  });
}

/** The org after an apply of everything. */
function after(observed: ObservedOrg, { work }: PlanDraft): ObservedOrg {
  return orgOf(
    [...observed.apps.values()].map((app) => {
      const draft = work.apps.find(({ plan }) => plan.api_name === app.apiName);
      const written = (draft?.writes ?? []).map(
        (component) => [component.type, { state: 'present', component }] as const,
      );
      return { ...app, components: { ...app.components, ...Object.fromEntries(written) } };
    }),
  );
}

afterAll(removeTemporaryFolders);

const written: ImportedProgram[] = [];

it('the plan of an imported program changes what its comments announce, and nothing else; imported after the apply, it is the same program', () => {
  fc.assert(
    fc.property(
      VERSIONS.chain((version) => fc.tuple(fc.constant(version), orgs(version, APPS))),
      ([version, observed]) => {
        const program = importProgram(input(observed, version));
        written.push(program);
        const draft = planOf(program, observed);
        const announced = program.hardenings.map(({ app, change }) => spell(app, change));
        expect(announced.sort()).toEqual(toAnnounce(program, draft.plan).sort());
        const text = spoken(program.files);
        for (const { change } of program.hardenings) expect(text).toContain(changeText(change));
        expect(text.split('; the first apply changes it to ').length - 1).toBe(program.hardenings.length);

        const consents = {
          allow_certificate_removal: program.apps.map(({ api_name: name }) => name),
          fail_on: 'none',
        } as const;
        const carriedOut = planOf(program, observed, consents);
        expect(
          carriedOut.plan.diagnostics.filter(isError).map(({ code, path, problem }) => ({ code, path, problem })),
        ).toEqual([]);
        const applied = after(observed, carriedOut);
        const again = importProgram(input(applied, version));
        expect(withoutComments(again.files)).toEqual(withoutComments(program.files));
        expect(again.hardenings).toEqual([]);
      },
    ),
    { numRuns: CASES, endOnFailure: true, seed: Number(SEED) },
  );
});

it('the policy of refresh tokens that nobody gets any more is a comment of the import, and no warning of the program', () => {
  const scopes = { commaSeparatedOauthScopes: ['Api'] };
  const policies = { refreshTokenPolicyType: 'SpecificLifetime', refreshTokenValidityPeriod: 365 };
  for (const managedBy of ['client-apps-prod/prod', undefined]) {
    const app = portal({ settings: scopes, policies });
    const observed = orgOf([managedBy === undefined ? withoutOwner(app) : app]);
    const program = importProgram(input(observed, 66));
    expect(withoutComments(program.files).join('\n')).toContain('refreshTokens: RefreshTokenPolicy.expiresAfter');
    expect(spoken(program.files)).toContain('Without Scope.REFRESH_TOKEN no one gets a new refresh token');
    expect(program.hardenings).toEqual([]);
  }
});

it('every one of these programs compiles under strict, and Prettier changes nothing in it', async () => {
  expect(written.length).toBeGreaterThan(0);
  expect(written.flatMap(({ apps }) => apps).length).toBeGreaterThan(written.length);
  for (const { path, text } of written.slice(0, 5).flatMap(({ files }) => files)) {
    if (path.endsWith('.ts')) expect(text).toBe(await format(text, PRETTIER));
  }
  expect(problemsOf(written.slice(0, 300).map(({ files }) => files))).toEqual([]);
});
