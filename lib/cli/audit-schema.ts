import { z } from 'zod';

import { clientKind, formatVersion } from '../metadata/manifest-schema';
import type { Audit } from '../operations/audit';
import { failedOrgs } from '../plan/org-failure';
import { diagnosticSchema } from '../plan/plan-schema';
import { PACKS } from '../policy/packs';
import type { CheckReport, ControlResult, Places, ReportSubject, Score } from '../policy/report';
import { SEVERITIES } from '../policy/severity';
import { usageReportSchema } from '../usage/schema';
import type { ControlId } from '../values/catalog';

const count = z.int().min(0);
const texts = z.array(z.string());
const platform = z.enum(['external-client-app', 'connected-app']);
const outcome = z.enum(['pass', 'fail', 'low-risk', 'not-applicable', 'not-evaluated']);
const resultOutcome = z.enum([...outcome.options, 'justified']);

/** Any text on paper: a document of a newer program may have controls that this one does not know. */
const controlId = z.string() as unknown as z.ZodType<ControlId>;

const observedSetting = z.strictObject({
  field: z.string().meta({ description: 'As Type.field' }),
  state: z.enum(['value', 'default', 'absent', 'unreadable']),
  value: z.string().exactOptional(),
  reason: z.string().exactOptional().meta({ description: 'Why it is unreadable' }),
});

const exception = z.strictObject({
  reason: z.string(),
  approved_by: z.string(),
  expires: z.string(),
  ticket: z.string().exactOptional(),
  option: z.string().exactOptional().meta({ description: 'The option that the justification belongs to' }),
  path: z.string(),
});

const controlResult = z
  .strictObject({
    control: controlId,
    title: z.string(),
    finding: z.string().exactOptional().meta({ description: 'What is wrong, if it is a violation' }),
    outcome: resultOutcome,
    because: z.string(),
    severity: z.enum(SEVERITIES).exactOptional(),
    cvss: z.number().exactOptional(),
    offenders: texts.exactOptional(),
    conditions: z.array(
      z.strictObject({
        effect: z.enum(['raises', 'lowers']),
        text: z.string(),
        holds: z.enum(['yes', 'no', 'unknown']),
      }),
    ),
    observed: z.array(observedSetting),
    exception: exception.exactOptional(),
    by_kind: z.array(z.strictObject({ kind: clientKind, outcome, because: z.string() })).exactOptional(),
  })
  .meta({ id: 'ControlResult' }) satisfies z.ZodType<ControlResult>;

const score = z
  .strictObject({
    value: z.number().exactOptional().meta({ description: '0 to 100; absent: nothing could be evaluated' }),
    losses: z.array(
      z.strictObject({
        control: z.string(),
        points: z.number(),
        outcome: resultOutcome,
        apps: count.exactOptional(),
      }),
    ),
    evaluated: count,
    not_evaluated: count,
  })
  .meta({ id: 'Score' }) satisfies z.ZodType<Score>;

const subject = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('app'),
    api_name: z.string(),
    label: z.string().exactOptional(),
    platform,
    third_party: z.boolean(),
    stopped: z.boolean(),
  }),
  z.strictObject({ type: z.literal('org') }),
]) satisfies z.ZodType<ReportSubject>;

const place = z.strictObject({ file: z.string(), line: count });
const places = z.strictObject({
  subject: place.exactOptional(),
  controls: z.record(z.string(), place),
}) satisfies z.ZodType<Places>;

const judged = { verdict: z.enum(['meets', 'does-not-meet', 'exempt', 'not-evaluated']), because: z.string() };

const report = z
  .strictObject({
    subject,
    kind: z
      .strictObject({
        kind: z.enum([...clientKind.options, 'unclassified']),
        confidence: z.enum(['declared', 'stated', 'high', 'medium', 'low', 'none']),
        judged_as: z.array(clientKind),
        evidence: z.array(z.strictObject({ kind: clientKind, weight: z.number(), because: z.string(), fields: texts })),
      })
      .exactOptional(),
    results: z.array(controlResult),
    score,
    pack: z
      .strictObject({
        pack: z.enum(PACKS),
        ...judged,
        requirements: z.array(z.strictObject({ requirement: z.string(), ...judged })),
      })
      .exactOptional(),
    places: places.exactOptional(),
  })
  .meta({ id: 'CheckReport' }) satisfies z.ZodType<CheckReport>;

const audit = z
  .strictObject({
    format_version: formatVersion,
    origin: z.enum(['org', 'files']),
    source: z.string().meta({ description: 'Name of the org, or the path that was read' }),
    reports: z.array(report),
    diagnostics: z.array(diagnosticSchema),
    score,
    unread: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    excluded: z.array(
      z.strictObject({ api_name: z.string(), platform, org: z.string().exactOptional(), reason: z.string() }),
    ),
    usage: usageReportSchema.exactOptional(),
    usage_not_evaluated: z.string().exactOptional(),
  })
  .meta({ id: 'Audit' }) satisfies z.ZodType<Audit>;

/** Of what `audit --format json` prints. */
export const auditAnswerSchema = z.strictObject({
  format_version: formatVersion,
  audits: z.array(audit),
  failed: failedOrgs.exactOptional(),
});
