import type { Manifest } from '../../lib/metadata/manifest';
import { installPackages } from '../../lib/metadata/package/install-packages';
import type { Files } from '../../lib/metadata/package/zip';

/** The components of a first install all together, as they are after its last deploy; not to be deployed. */
export const installFiles = (manifest: Manifest): Files =>
  new Map(
    installPackages(manifest)
      .flatMap(({ files }) => [...files])
      .filter(([path]) => path !== 'package.xml'),
  );
