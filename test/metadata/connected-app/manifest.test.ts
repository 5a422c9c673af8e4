import fc from 'fast-check';

import { buildManifest, type Manifest } from '../../../lib/metadata/manifest';
import { readManifest } from '../../../lib/metadata/manifest-file';
import { installPackages } from '../../../lib/metadata/package/install-packages';
import { connectedAppsAt } from '../../constructs/connected-app-arbitraries';
import { declaredIn, type RandomApp } from '../../constructs/declared';

const manifestOf = (random: RandomApp, more: object = {}): Manifest =>
  buildManifest({
    id: 'identity/prod',
    name: 'prod',
    path: 'identity/prod',
    apiVersion: 66,
    engine: 'null',
    settings: {},
    assumptions: {},
    apps: [{ app: { ...declaredIn(66, random), ...more } }],
  });

describe('the manifest of a program with Connected Apps', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(connectedAppsAt(66), fc.boolean(), (random, allowed) => {
        const manifest = manifestOf(random, allowed ? { creationAllowedBySupport: true } : {});
        expect(readManifest(JSON.stringify(manifest), 'manifest.json')).toEqual({ ok: true, value: manifest });
      }),
      { numRuns: 50 },
    );
  });

  it('makes a package of those only that may be created: of one that exists, everything else would be reset', () => {
    fc.assert(
      fc.property(connectedAppsAt(66), (random) => {
        expect(installPackages(manifestOf(random))).toEqual([]);
        const [allowed] = installPackages(manifestOf(random, { creationAllowedBySupport: true }));
        expect([...(allowed?.files.keys() ?? [])]).toEqual(['connectedApps/App.connectedApp', 'package.xml']);
        expect(allowed?.files.get('connectedApps/App.connectedApp')).not.toContain('externalClientApplication');
      }),
      { numRuns: 20 },
    );
  });
});
