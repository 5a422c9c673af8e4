import type { Manifest } from '../manifest';
import type { Files } from './zip';

/** The first-install Metadata API package of one org: package.xml and a file per component. */
export function packageFiles(manifest: Manifest): Files {
  throw new Error(`being written: ${manifest.id}`);
}
