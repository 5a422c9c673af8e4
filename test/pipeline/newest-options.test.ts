import fc from 'fast-check';

import { buildManifest, type Manifest } from '../../lib/metadata/manifest';
import { toComponents } from '../../lib/metadata/to-components';
import type { ClientApp } from '../../lib/options/client-app';
import { appsAt, PERMISSION_SETS } from '../constructs/arbitraries';
import { declaredIn } from '../constructs/declared';
import { cases } from '../deep';
import { fromComponents } from '../metadata/from-components';
import { benchWith, removeSeeds } from '../operations/connected-app-support';
import type { Bench } from '../operations/support';

const RUNS = cases(4, 100);

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
    apps: [{ app }],
  });
}

/** Any app of the version; its custom scopes are left out, which the org would have to have. */
const declarations = (version: number): fc.Arbitrary<ClientApp> =>
  appsAt(version).map(({ construct, props }) =>
    declaredIn(version, { construct, props: { ...props, customScopes: undefined, adminPolicies: undefined } }),
  );

async function within<T>(body: (salesforce: Bench) => Promise<T>): Promise<T> {
  const salesforce = await benchWith({}, { switches: { securitySettingsDeployable: true } }, PERMISSION_SETS);
  try {
    return await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

describe.each([67, 68])('for random apps with every option of API version %d', (version) => {
  it('one app becomes another by one apply, and the plan afterward is empty', async () => {
    const apps = declarations(version);
    await fc.assert(
      fc.asyncProperty(apps, apps, async (before, after) => {
        const now = manifestOf(after, version);
        await within(async (salesforce) => {
          await salesforce.apply(manifestOf(before, version), ANY);
          expect((await salesforce.plan(manifestOf(before, version))).phases).toEqual([]);
          await salesforce.apply(now, { ...ANY, allow_certificate_removal: ['App'] });
          expect((await salesforce.plan(now)).phases).toEqual([]);
        });
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });

  it('security settings come back from their record, as far as the kind of client has them', () => {
    fc.assert(
      fc.property(declarations(version), (app) => {
        const components = toComponents(app, 'identity/prod', version);
        const { path, adopt, exceptions } = app;
        const as = (kind: ClientApp['kind']) =>
          fromComponents(components, { kind, path, adopt, exceptions, apiVersion: version });
        expect(as(app.kind)).toEqual({ ok: true, value: app });
        const device = as('public');
        const refused = device.ok ? [] : device.error.map(({ field }) => field);
        expect(refused.includes('tlsClientAuthCertParamValue')).toBe(
          app.kind !== 'public' && app.securitySettings?.tlsClientAuth !== undefined,
        );
      }),
      { numRuns: RUNS * 5 },
    );
  });
});
