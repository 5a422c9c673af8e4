import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { OrgOutputs } from './types';

/** Consumer keys and other public facts of the declared apps, read from the org. */
export async function readOutputs(input: {
  readonly org: Org;
  readonly manifest: Manifest;
  readonly signal?: AbortSignal;
}): Promise<OrgOutputs> {
  throw new Error(`being written: ${input.manifest.id}`);
}
