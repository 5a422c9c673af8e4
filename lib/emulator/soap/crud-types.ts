import { GLOBAL, HEADER, type MetadataType, OAUTH, OAUTH_POLICY } from '../schema/types';
import type { EmulatorSwitches } from '../switches';

/** Parts of external client apps for which public code shows CRUD calls at work, and which calls. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  [HEADER]: ['createMetadata', 'readMetadata', 'updateMetadata', 'upsertMetadata', 'deleteMetadata'],
  [GLOBAL]: ['createMetadata', 'readMetadata', 'updateMetadata', 'upsertMetadata'],
  [OAUTH]: ['createMetadata', 'readMetadata', 'updateMetadata', 'upsertMetadata'],
  [OAUTH_POLICY]: ['readMetadata', 'updateMetadata', 'upsertMetadata'],
};

/** True when the type takes this CRUD call. */
export function crudAllowed(type: MetadataType, call: string, switches: EmulatorSwitches): boolean {
  if (switches.crudForEveryEcaType || !(type.satellite || type.name === HEADER)) return true;
  return SEEN[type.name]?.includes(call) ?? false;
}
