import { z } from 'zod';

import { readDocument } from '../metadata/json-document';
import { formatVersion } from '../metadata/manifest-schema';
import { jsonText } from '../values/ci-commands';
import { shortId } from '../values/record-id';
import { readTextIfThere, usable, writeText } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { memoryFile } from './project';

const rotationSchema = z.strictObject({
  format_version: formatVersion,
  org: z.string(),
  org_id: z.string(),
  app: z.string(),
  state: z.enum(['staging', 'staged', 'handed over', 'rotated', 'rolled back', 'ended']),
  /** Whether this run switched the access to secrets on; it is off again where a run came to its end. */
  opened_secret_access: z.boolean(),
  former_key: z.string(),
  new_key: z.string().exactOptional(),
  /** ISO time until which the former credentials are to stay. */
  keep_former_until: z.string().exactOptional(),
});

/** How far a rotation came: never a secret. */
export type RotationRecord = z.infer<typeof rotationSchema>;

const KIND = {
  what: 'the record of a rotation',
  code: 'receipt-unusable',
  version: '1.0',
  schema: rotationSchema,
  remedy: 'restore the file, or delete it and look at the app in Setup',
} as const;

export interface RotationFile {
  readonly path: string;
  readonly read: () => RotationRecord | undefined;
  readonly keep: (record: Omit<RotationRecord, 'format_version' | 'org' | 'org_id' | 'app'>) => void;
}

export function rotationFile(io: Io, flags: OrgFlags, of: { org: string; orgId: string; app: string }): RotationFile {
  const { org, orgId, app } = of;
  const path = memoryFile(io, flags, 'rotations', `${shortId(orgId)}__${encodeURIComponent(app)}.json`);
  return {
    path,
    read: () => {
      const text = readTextIfThere(path);
      return text === undefined ? undefined : usable(readDocument<RotationRecord>(text, path, KIND));
    },
    keep: (record) => writeText(path, jsonText({ format_version: '1.0', org, org_id: orgId, app, ...record }), 0o600),
  };
}
