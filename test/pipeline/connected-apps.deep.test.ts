import fc from 'fast-check';

import { buildManifest, type Manifest } from '../../lib/metadata/manifest';
import type { ClientApp } from '../../lib/options/client-app';
import { PERMISSION_SETS } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declaredIn } from '../constructs/declared';
import { cases } from '../deep';
import { benchWith, LEGACY, legacyFile, OTHER_PARTS, removeSeeds } from '../operations/connected-app-support';
import type { Bench } from '../operations/support';

const RUNS = cases(6, 150);

// What is chosen at random is valid, and seldom safe.
const ANY = { fail_on: 'none' } as const;

afterAll(removeSeeds);

function manifestOf(app: ClientApp, apiVersion: number): Manifest {
  return buildManifest({
    id: 'identity/prod',
    name: 'prod',
    path: 'identity/prod',
    apiVersion,
    engine: 'null',
    settings: { allowCodeAndCredentialsFlow: true },
    assumptions: {},
    apps: [{ app: { ...app, adopt: true } }],
  });
}

async function within<T>(body: (salesforce: Bench) => Promise<T>): Promise<T> {
  const salesforce = await benchWith({ App: LEGACY }, {}, PERMISSION_SETS);
  try {
    return await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

const parts = OTHER_PARTS.replace(/>\s+</g, '><')
  .trim()
  .split(/(?<=<\/(?:canvasConfig|mobileAppConfig|samlConfig)>)/);

describe.each([60, 66, 68])('for random Connected Apps at API version %d', (version) => {
  it('the plan after the apply is empty, whatever the app was before, and its other parts and key are still there', async () => {
    const apps = connectedAppsAt(version);
    await fc.assert(
      fc.asyncProperty(apps, apps, async (before, after) => {
        const first = manifestOf(declaredIn(version, before), version);
        const now = manifestOf(declaredIn(version, after), version);
        await within(async (salesforce) => {
          expect((await salesforce.apply(first, ANY)).remarks).toEqual([]);
          expect((await salesforce.plan(first)).phases).toEqual([]);
          // A machine that gave up its certificate says so by name; everything else needs no word.
          const consents = { ...ANY, allow_certificate_removal: ['App'] };
          expect((await salesforce.apply(now, consents)).remarks).toEqual([]);
          expect((await salesforce.plan(now)).phases).toEqual([]);
          const file = (await legacyFile(salesforce, 'App')).replace(/>\s+</g, '><');
          for (const part of parts) expect(file).toContain(part);
          expect(file).toContain('<consumerKey>LEGACYKEY123456</consumerKey>');
        });
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});
