import { z } from 'zod';

import type { DocumentKind } from '../metadata/json-document';
import { formatVersion } from '../metadata/manifest-schema';
import { organizationId } from '../plan/plan-schema';

/** Version of the shape of `incident.json`. */
const INCIDENT_FORMAT_VERSION = '1.1';

/** In this order; each can be repeated. A second rotation makes another secret: only the last one works. */
export const STEPS = ['evidence', 'stop', 'revoke', 'rotate', 'check'] as const;
export type StepName = (typeof STEPS)[number];

const text = z.string();
const time = z.string().min(1);

const stepSchema = z.strictObject({
  /**
   * `announced`: it was about to begin, and no one wrote down its end. `in doubt`: the org may have done it. `by hand`:
   * no API does it.
   */
  state: z.enum(['not begun', 'announced', 'done', 'in doubt', 'failed', 'by hand']),
  announced: time.exactOptional(),
  ended: time.exactOptional(),
  /** What came of it, in sentences. */
  notes: z.array(text),
});

const NOT_BEGUN: z.output<typeof stepSchema> = { state: 'not begun', notes: [] };

const gapSchema = z.strictObject({ what: text, why: text, permission: text.exactOptional() });

const foundSchema = z.strictObject({
  label: text,
  api_name: text.exactOptional(),
  platform: z.enum(['external-client-app', 'connected-app']).exactOptional(),
  standing: text,
  publisher: text,
  look_alike: text.exactOptional(),
  /** Absent: not evaluated. */
  scopes: z.array(text).exactOptional(),
  reach: text,
  /** Listed when the evidence was frozen; absent: not evaluated. */
  tokens: z.int().min(0).exactOptional(),
  users: z.array(text).exactOptional(),
  logins: z.int().min(0).exactOptional(),
  addresses: z.array(text).exactOptional(),
});

const incidentSchema = z.strictObject({
  format_version: formatVersion,
  org: text,
  org_id: organizationId,
  instance_url: text,
  /** As the command named it. */
  app: text,
  /** The uninstalled app, although one of the org has the name. */
  unknown: z.boolean(),
  /** Whose login did this. */
  by: text.exactOptional(),
  /** When the command was started that made this. */
  alarm: time,
  since: time,
  evidence_only: z.boolean(),
  steps: z.strictObject({
    evidence: stepSchema,
    stop: stepSchema,
    revoke: stepSchema,
    /** Journals of format 1.0 have none. */
    rotate: stepSchema.default(NOT_BEGUN),
    check: stepSchema,
  }),
  found: foundSchema.exactOptional(),
  /** Of `evidence/manifest.sha256`. */
  seal: text.exactOptional(),
  /** Read at the check. */
  tokens_left: z.int().min(0).exactOptional(),
  /** What still lets the app in, as far as it is known. */
  open: z.array(text),
  timeline: z.array(z.strictObject({ time, what: text, source: text })),
  not_evaluated: z.array(gapSchema),
  api_calls: z.int().min(0),
});

/** The journal of one incident. It holds no token, and nothing that could stand for one. */
export type Incident = z.output<typeof incidentSchema>;
export type IncidentStep = z.output<typeof stepSchema>;
export type Found = z.output<typeof foundSchema>;

export const INCIDENT: DocumentKind<Incident> = {
  what: 'the journal of an incident',
  code: 'incident-unusable',
  version: INCIDENT_FORMAT_VERSION,
  schema: incidentSchema,
};

export const newIncident = (
  about: Omit<Incident, 'format_version' | 'steps' | 'open' | 'timeline' | 'not_evaluated'>,
): Incident => ({
  format_version: INCIDENT_FORMAT_VERSION,
  ...about,
  steps: { evidence: NOT_BEGUN, stop: NOT_BEGUN, revoke: NOT_BEGUN, rotate: NOT_BEGUN, check: NOT_BEGUN },
  open: [],
  timeline: [],
  not_evaluated: [],
});

/** Minutes from the alarm until no token was listed any more; undefined where that is not so, or was not read. */
export function minutesToRevoked({ alarm, steps, tokens_left: left }: Incident): number | undefined {
  const { ended } = steps.revoke;
  if (left !== 0 || ended === undefined) return undefined;
  return (Date.parse(ended) - Date.parse(alarm)) / 60_000;
}

/**
 * A process died in the middle of it: of a step no one wrote down the end, or some were done and others not begun. One
 * whose evidence is frozen and whose steps no one agreed to does not count.
 */
export function isCutOff({ steps, evidence_only: evidence }: Incident): boolean {
  const states = Object.values(steps).map(({ state }) => state);
  if (states.some((state) => state === 'announced' || state === 'in doubt')) return true;
  return !evidence && steps.stop.state !== 'not begun' && states.includes('not begun');
}

/** How far it came, as the journal has it. */
export const stepsText = ({ steps }: Incident): string =>
  STEPS.map((name) => `${name}: ${steps[name].state}`).join(', ');

/** Something that was asked for did not happen, or no one knows. */
export const isUnfinished = ({ steps, evidence_only: evidence }: Incident): boolean =>
  (evidence ? ([steps.evidence] as const) : Object.values(steps)).some(
    ({ state }) => state !== 'done' && state !== 'by hand',
  );
