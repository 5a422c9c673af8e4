import { z } from 'zod';

import type { DocumentKind } from '../metadata/json-document';
import { formatVersion } from '../metadata/manifest-schema';
import {
  type AccessRecord,
  ROTATION_FORMAT_VERSION,
  ROTATION_STATES,
  type RotationRecord,
} from '../operations/rotation-record';
import { organizationId } from '../plan/plan-schema';

/** The shape of the record of a rotation (D28). */
export const rotationSchema = z
  .strictObject({
    format_version: formatVersion,
    org: z.string().min(1),
    org_id: organizationId,
    app: z.string().min(1),
    state: z.enum(ROTATION_STATES),
    opened_secret_access: z.boolean(),
    former_key: z.string().min(1),
    new_key: z.string().min(1).exactOptional(),
    begun: z.iso.datetime().exactOptional(),
    overlap_seconds: z.number().int().nonnegative().exactOptional(),
    keep_former_until: z.iso.datetime().exactOptional(),
  })
  .meta({ id: 'RotationRecord' }) satisfies z.ZodType<RotationRecord>;

/** The shape of the note that the access to secrets is open for a rotation. */
export const accessSchema = z
  .strictObject({
    format_version: formatVersion,
    org: z.string().min(1),
    org_id: organizationId,
    app: z.string().min(1),
    setting: z.string().min(1),
    begun: z.iso.datetime(),
  })
  .meta({ id: 'SecretAccess' }) satisfies z.ZodType<AccessRecord>;

const COMMON = {
  code: 'rotation-unusable',
  version: ROTATION_FORMAT_VERSION,
} as const;

export const ROTATION: DocumentKind<RotationRecord> = {
  ...COMMON,
  what: 'the record of a rotation',
  schema: rotationSchema,
};

export const ACCESS: DocumentKind<AccessRecord> = {
  ...COMMON,
  what: 'the note of a rotation about the access to secrets',
  schema: accessSchema,
};
