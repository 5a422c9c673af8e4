import { z } from 'zod';

import { NEWEST_API_VERSION, OLDEST_API_VERSION } from './api-version';
import { componentType } from './fields';
import { knownAppSchema } from './known-app-schema';
import type { Manifest } from './manifest';
import { RECORD_KINDS } from './records';
import { recordKindOf } from './records/words';

export const formatVersion = z.string().regex(/^\d+\.\d+$/, 'must be major.minor');
export const sha256Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits');
export const apiVersion = z.int().min(OLDEST_API_VERSION).max(NEWEST_API_VERSION);

const plain = z.union([z.string(), z.boolean(), z.number()]);
const fieldRecord = z.record(z.string(), plain);

/** A canonical field value. */
export const fieldValue = z
  .union([z.string(), z.boolean(), z.number(), z.array(z.string()), fieldRecord, z.array(fieldRecord)])
  .meta({ id: 'FieldValue' });

export const ownership = z.enum(['stated', 'default']);
export const clientKind = z.enum(['private', 'public', 'machine']);

/** Roles of fields that a manifest may speak about; it never holds a secret, a command or what Salesforce generates. */
const DECLARABLE = ['author', 'carried'];

const componentShape = {
  type: z.string(),
  name: z.string().min(1),
  fields: z.record(z.string(), z.strictObject({ value: fieldValue, ownership })),
  preserved: z.array(z.string()),
  late: z.array(z.string()).exactOptional(),
};

/** Says nothing about a field that the type does not have, or that no code may decide. */
const onlyDeclarable = (
  { type, fields, preserved }: z.output<z.ZodObject<typeof componentShape>>,
  context: z.RefinementCtx,
): void => {
  const known = componentType(type);
  if (!known) {
    context.addIssue({ code: 'custom', path: ['type'], message: 'is no component type of this program' });
    return;
  }
  const declarable = new Set(known.fields.filter(({ role }) => DECLARABLE.includes(role)).map(({ name }) => name));
  for (const name of Object.keys(fields)) {
    if (declarable.has(name)) continue;
    context.addIssue({ code: 'custom', path: ['fields', name], message: `${type} has no such field to declare` });
  }
  preserved.forEach((name, index) => {
    if (declarable.has(name)) return;
    context.addIssue({ code: 'custom', path: ['preserved', index], message: `${type} has no such field` });
  });
};

const component = z.strictObject(componentShape).superRefine(onlyDeclarable).meta({ id: 'Component' });

const exception = z.strictObject({
  option: z.string().exactOptional(),
  control: z.string().exactOptional(),
  reason: z.string(),
  approved_by: z.string(),
  expires: z.iso.date(),
  ticket: z.string().exactOptional(),
});

const source = z.strictObject({ file: z.string(), line: z.int().min(1) });

const record = z
  .strictObject({
    ...componentShape,
    path: z.string(),
    source: source.exactOptional(),
    exceptions: z.array(exception),
  })
  .superRefine(onlyDeclarable)
  .superRefine(({ type }, context) => {
    if (recordKindOf(type)) return;
    context.addIssue({
      code: 'custom',
      path: ['type'],
      message: `must be one of: ${RECORD_KINDS.map((kind) => kind.type.name).join(', ')}`,
    });
  })
  .meta({ id: 'OauthRecord' });

const app = z.strictObject({
  api_name: z.string().min(1),
  path: z.string(),
  kind: clientKind,
  platform: z.enum(['external-client-app', 'connected-app']),
  label: z.string(),
  adopt: z.boolean(),
  creation_allowed_by_support: z.literal(true).exactOptional(),
  source: source.exactOptional(),
  certificate: z
    .strictObject({ subject: z.string(), not_after: z.string(), fingerprint: z.string().regex(/^[0-9a-f]{64}$/) })
    .exactOptional(),
  exceptions: z.array(exception),
  components: z.array(component),
  digest: sha256Digest,
});

/** The shape of a manifest (D28). That its digests fit is checked on reading. */
export const manifestSchema = z
  .strictObject({
    format_version: formatVersion,
    id: z.string().min(1),
    org: z.strictObject({
      name: z.string().min(1),
      path: z.string(),
      org_id: z
        .string()
        .regex(/^00D([A-Za-z0-9]{12}|[A-Za-z0-9]{15})$/, 'must be an organization id')
        .exactOptional(),
      api_version: apiVersion,
      engine: z.enum(['null', 'provider']),
    }),
    assumptions: z.strictObject({ code_and_credentials_flow: z.boolean().exactOptional() }),
    settings: z.array(component),
    records: z.array(record).exactOptional(),
    apps: z.array(app),
    exceptions: z.array(exception).exactOptional(),
    known_apps: z.array(knownAppSchema).exactOptional(),
    digest: sha256Digest,
  })
  .meta({ id: 'Manifest' }) satisfies z.ZodType<Manifest>;
