import { z } from 'zod';

import {
  apiVersion,
  clientKind,
  fieldValue,
  formatVersion,
  manifestSchema,
  ownership,
  sha256Digest,
} from '../metadata/manifest-schema';
import { PHASES } from '../metadata/phases';
import { type ConsentName, consentRows, type NamedConsents } from '../options/consents';
import { FAIL_ON } from '../policy/severity';
import type { Diagnostic, DiagnosticCode, DiagnosticText } from '../values/diagnostic';
import type { AppPlanUsage, FieldChange, OrgPlan } from './plan';

const observed = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('value'), value: fieldValue }),
    z.strictObject({ state: z.literal('absent') }),
    z.strictObject({ state: z.literal('unreadable') }),
  ])
  .meta({ id: 'Observed' });

const effect = z.enum(['widens', 'mixed', 'unknown', 'narrows', 'neutral']);
const names = z.record(z.string(), z.string());
const texts = z.array(z.string());

export const organizationId = z.string().regex(/^00D[A-Za-z0-9]{15}$/, 'must be an organization id of 18 characters');

/** The shape of one change of a field. */
export const fieldChangeSchema = z
  .strictObject({
    type: z.string(),
    full_name: z.string(),
    field: z.string(),
    title: z.string(),
    before: observed,
    after: observed,
    ownership,
    effect,
    reason: z.string().exactOptional(),
    impact: z.strictObject({
      level: z.enum(['none', 'reauthorize', 'breaks', 'unknown']),
      who: z.string().exactOptional(),
    }),
  })
  .meta({ id: 'FieldChange' }) satisfies z.ZodType<FieldChange>;

const keptField = z
  .strictObject({ type: z.string(), field: z.string(), title: z.string(), value: observed })
  .meta({ id: 'KeptField' });

/** Any text on paper: a document of a newer program may have codes that this one does not know. */
const code = z.string() as unknown as z.ZodType<DiagnosticCode>;

/** The shape of a diagnostic. */
const diagnosticText = z
  .strictObject({
    code,
    severity: z.enum(['error', 'warning', 'note']),
    path: z.string(),
    field: z.string().exactOptional(),
    problem: z.string(),
    value: z.string().exactOptional(),
    allowed: z.string().exactOptional(),
    remedy: z.string(),
    source: z.string().exactOptional(),
    declaredAt: z.string().exactOptional(),
  })
  .meta({ id: 'Diagnostic' }) satisfies z.ZodType<DiagnosticText>;

/** One that was made, and came back from a document. */
export const diagnosticSchema = diagnosticText as unknown as z.ZodType<Diagnostic>;

const outcome = z.enum(['pass', 'fail', 'low-risk', 'not-applicable', 'not-evaluated', 'justified']);

const severity = z.enum(['critical', 'high', 'medium', 'low']);

const controlChange = z
  .strictObject({
    control: z.string(),
    title: z.string(),
    before: outcome.exactOptional(),
    after: outcome,
    severity: severity.exactOptional(),
    before_severity: severity.exactOptional(),
    because: z.string(),
    exception: z
      .strictObject({
        reason: z.string(),
        approved_by: z.string(),
        expires: z.string(),
        ticket: z.string().exactOptional(),
      })
      .exactOptional(),
  })
  .meta({ id: 'ControlChange' });

const count = z.int().min(0);

const appPlanUsage = z
  .strictObject({
    today: z.string(),
    logins_since: z.string(),
    users: count.exactOptional(),
    tokens: count.exactOptional(),
    uses: count.exactOptional(),
    last_used: z.string().exactOptional(),
    at_least: z.literal(true).exactOptional(),
    logins: count.exactOptional(),
    networks: count.exactOptional(),
    last_login: z.string().exactOptional(),
    flows: z.array(z.strictObject({ flow: z.string(), last: z.string() })).exactOptional(),
    not_evaluated: texts,
  })
  .meta({ id: 'AppPlanUsage' }) satisfies z.ZodType<AppPlanUsage>;

const appPlan = z
  .strictObject({
    api_name: z.string().min(1),
    path: z.string(),
    kind: clientKind.exactOptional(),
    label: z.string(),
    action: z.enum(['create', 'update', 'none', 'blocked', 'delete', 'orphaned']),
    adopts: z.boolean(),
    stopped: z.boolean(),
    missing: z.literal(true).exactOptional(),
    changes: z.array(fieldChangeSchema),
    unchanged: count.exactOptional(),
    kept: z.array(keptField),
    unreadable: texts,
    names,
    controls: z.array(controlChange),
    effect,
    usage: appPlanUsage.exactOptional(),
  })
  .meta({ id: 'AppPlan' });

const settingsPlan = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    action: z.enum(['update', 'none', 'blocked']),
    changes: z.array(fieldChangeSchema),
    kept: z.array(keptField),
    // Plans before format 1.3 do not name them.
    opens_apps: texts.default([]),
  })
  .meta({ id: 'SettingsPlan' });

const recordPlan = z
  .strictObject({
    type: z.string(),
    full_name: z.string().min(1),
    path: z.string(),
    title: z.string(),
    action: z.enum(['create', 'update', 'none', 'blocked']),
    changes: z.array(fieldChangeSchema),
    kept: z.array(keptField),
  })
  .meta({ id: 'RecordPlan' });

const phase = z
  .strictObject({
    name: z.enum(PHASES),
    title: z.string(),
    settings: texts,
    // Plans of format 1.1 know no records.
    records: texts.default([]),
    apps: texts,
  })
  .meta({ id: 'Phase' });

type ConsentShape = {
  [N in ConsentName]: z.ZodDefault<z.ZodType<NamedConsents[N], NamedConsents[N]>>;
};

// A plan from before a consent was one asks for nothing of it.
const named = Object.fromEntries(
  consentRows().map(([name, { takes }]) => [
    name,
    takes === 'nothing' ? z.boolean().default(false) : texts.default([]),
  ]),
) as unknown as ConsentShape;

const consents = z.strictObject({
  ...named,
  // Plans before format 1.3 were made under the default.
  fail_on: z.enum(['none', 'critical', 'high', 'medium', 'low']).default(FAIL_ON),
});

/** The shape of the plan of one org. */
export const orgPlanSchema = z
  .strictObject({
    org: z.string().min(1),
    path: z.string(),
    org_id: organizationId,
    instance_url: z.url({ protocol: /^https?$/ }),
    api_version: apiVersion,
    apps: z.array(appPlan),
    settings: z.array(settingsPlan),
    records: z.array(recordPlan).default([]),
    phases: z.array(phase),
    unmanaged: texts,
    migrated: texts.exactOptional(),
    diagnostics: z.array(diagnosticSchema),
    consents,
    manifest: manifestSchema,
    digest: sha256Digest,
  })
  .meta({ id: 'OrgPlan' }) satisfies z.ZodType<OrgPlan>;

/** The shape of a saved plan (D28): the plan, and a checksum over everything else in the file. */
export const planFileSchema = z.strictObject({
  format_version: formatVersion,
  orgs: z.array(orgPlanSchema).min(1),
  checksum: sha256Digest,
});
