import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';
import fc from 'fast-check';

import { Engine, OauthCustomScope, PermittedUsers, PrivateClientApp, SalesforceOrg, Scope } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import { EPHEMERAL_RESOURCES } from '../../lib/terraform/ephemeral/calls';
import { FUNCTIONS } from '../../lib/terraform/functions/calls';
import { DATA_SOURCES, RESOURCES } from '../../lib/terraform/provider';
import { isClientAppsError } from '../../lib/values/diagnostic';
import { appsAt, randomOrg } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declareAll, type RandomApp } from '../constructs/declared';
import { customScopes } from '../constructs/oauth-record-arbitraries';
import { files } from '../constructs/support';
import { cases } from '../deep';
import { type Bench, bench, TODAY } from '../operations/support';

/*
 * What two versions of this library make of the same random programs: run this in the tree of each, with
 * CLIENT_APPS_DEEP=1 CLIENT_APPS_BYTES=FILE CLIENT_APPS_SEEDS=10000 CLIENT_APPS_FIRST_SEED=1, and compare the files.
 */
const FILE = process.env['CLIENT_APPS_BYTES'];
const SEEDS = Number(process.env['CLIENT_APPS_SEEDS'] ?? cases(2, 20));
const FIRST = Number(process.env['CLIENT_APPS_FIRST_SEED'] ?? 1);

const VERSIONS = [60, 62, 64, 65, 66, 67, 68];
const IDS = ['Alpha', 'Beta', 'Gamma', 'Delta_1', 'Epsilon'];
const ids = fc.constantFrom(...IDS);
const programAt = (version: number) =>
  fc.record({
    version: fc.constant(version),
    all: fc.uniqueArray(
      fc.record({ id: ids, app: fc.oneof<fc.Arbitrary<RandomApp>[]>(appsAt(version), connectedAppsAt(version)) }),
      { maxLength: 4, selector: ({ id }) => id },
    ),
    scopes: fc.dictionary(fc.constantFrom('orders', 'invoices'), customScopes, { maxKeys: 2 }),
    settings: fc.record({ requirePkce: fc.boolean() }, { requiredKeys: [] }),
  });
const PROGRAMS = VERSIONS.map(programAt);

type Program = (typeof PROGRAMS)[number] extends fc.Arbitrary<infer T> ? T : never;

function programOf(seed: number): Program {
  const [program] = fc.sample(PROGRAMS[seed % PROGRAMS.length] ?? programAt(66), { seed, numRuns: 1 });
  if (!program) throw new Error('there is no program');
  return program;
}

function declare({ version, all, scopes, settings }: Program, outdir: string): App {
  const app = new App({ outdir });
  for (const [stack, engine] of [
    ['identity', Engine.PROVIDER],
    ['plain', Engine.NULL],
  ] as const) {
    const props = { contactEmail: 'iam@acme.example', today: TODAY, apiVersion: version, engine };
    const org = new SalesforceOrg(new TerraformStack(app, stack), 'prod', props);
    org.oauthSettings({ allowCodeAndCredentialsFlow: true, ...settings });
    for (const [id, each] of Object.entries(scopes)) new OauthCustomScope(org, id, each);
    declareAll(org, all, '2027-05-31');
  }
  return app;
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What is written of a program, and what a plan for an org with other apps of these names says, but for what names the org. */
async function digests(seed: number, org: Bench): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-bytes-'));
  try {
    const app = declare(programOf(seed), outdir);
    try {
      app.synth();
    } catch (error) {
      if (!isClientAppsError(error)) throw error;
      return `${seed} refused=${sha(JSON.stringify(error.diagnostics))}`;
    }
    const kinds = new Map<string, string[]>();
    for (const [path, text] of files(outdir)) {
      // Not the provider itself and its checksum, and not where the tree stands.
      const kind = /package\/|cdk\.tf\.json$|manifest\.json$/.exec(path)?.[0];
      if (kind) kinds.set(kind, [...(kinds.get(kind) ?? []), path, text.replaceAll(process.cwd(), '')]);
    }
    const [manifest] = synthManifests(app);
    if (!manifest) throw new Error('the program declares no org');
    // Of an org that is made anew each time: its address, its id, and the digest that is over the id.
    const plan = { ...(await org.plan(manifest)), instance_url: '', org_id: '', digest: '' };
    const written = [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, texts]) => `${kind}=${sha(texts.join('\0'))}`);
    return [seed, ...written, `plan=${sha(JSON.stringify(plan))}`].join(' ');
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function declareOthers(outdir: string): App {
  const app = new App({ outdir });
  const org = new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', {
    contactEmail: 'sso@acme.example',
    today: TODAY,
  });
  for (const id of IDS) {
    new PrivateClientApp(org, id, {
      label: `${id} of before`,
      callbackUrls: ['https://before.acme.example/callback'],
      scopes: [Scope.API, Scope.OPENID],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  }
  return app;
}

/** An org in which apps of the same names stand, declared otherwise. */
async function inhabited(): Promise<Bench> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-bytes-'));
  try {
    writeFileSync(join(seedDir, 'org.json'), randomOrg());
    const org = await bench({ seedDir });
    const [manifest] = synthManifests(declareOthers(outdir));
    if (!manifest) throw new Error('the program declares no org');
    await org.apply(manifest);
    return org;
  } finally {
    for (const folder of [seedDir, outdir]) rmSync(folder, { recursive: true, force: true });
  }
}

describe('a random program', () => {
  it('is written and planned byte for byte the same in two orgs that are the same', async () => {
    const orgs = [await inhabited(), await inhabited()] as const;
    try {
      if (FILE !== undefined)
        writeFileSync(
          FILE,
          `schema ${sha(JSON.stringify([RESOURCES, DATA_SOURCES, EPHEMERAL_RESOURCES, FUNCTIONS]))}\n`,
        );
      for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
        const once = await digests(seed, orgs[0]);
        if (FILE === undefined) expect(await digests(seed, orgs[1])).toBe(once);
        else appendFileSync(FILE, `${once}\n`);
      }
    } finally {
      await Promise.all(orgs.map((org) => org.close()));
    }
  }, 100_000_000);
});
