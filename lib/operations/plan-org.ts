import { APP_TYPES } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import { fieldsOf } from '../options/settings';
import type { Org } from '../org/org';
import { preflight, type Touched } from '../org/preflight';
import { draftPlan, type PlanDraft } from '../plan/draft-plan';
import type { Work } from '../plan/phases';
import type { Consents, OrgPlan } from '../plan/plan';
import type { Repairs, Situation } from '../plan/situation';
import { type OrgReading, readOrg } from './read-org';
import { withOwnUser } from './read-own-user';
import { readReferences } from './read-references';
import type { OnEvent, OrgReceipt } from './types';

/** What `planOrg` needs. */
export interface PlanInput extends Repairs {
  /** The org to read. */
  readonly org: Org;
  /** What the program declares for the org. */
  readonly manifest: Manifest;
  /** What was asked for by name; `NO_CONSENTS` asks for nothing. */
  readonly consents: Consents;
  /** ISO date; justifications are judged against it. */
  readonly today: string;
  /** The last receipt of this manifest, where one was kept. */
  readonly receipt?: OrgReceipt;
  /** The plan will not be carried out: what only an apply needs is not asked for. */
  readonly lookOnly?: boolean;
  /** Called for each step and warning. Default: nothing is told. */
  readonly onEvent?: OnEvent;
  /** Ends the reading at once. Default: it goes on to its end. */
  readonly signal?: AbortSignal;
}

/**
 * Compares what the manifest declares with what the org has, and runs the guards. Writes nothing.
 * @throws OrgError where the org cannot be read completely; ClientAppsError (REFUSED) for the wrong org.
 */
export async function planOrg(input: PlanInput): Promise<OrgPlan> {
  return (await readAndDraft(input)).draft.plan;
}

/**
 * The same, with the deploys that would carry the plan out; apply starts from it.
 * @param doing What people are shown while it runs.
 */
export async function readAndDraft(
  input: PlanInput,
  doing = `reading ${input.manifest.org.name}`,
): Promise<{ readonly draft: PlanDraft; readonly reading: OrgReading }> {
  const { org, manifest, onEvent, signal } = input;
  onEvent?.({ kind: 'step', message: doing });
  const kept = input.receipt?.apps.filter(({ action }) => action !== 'deleted');
  const names = new Map(kept?.map((app) => [app.api_name, app.names]));
  const read = await readOrg(org, manifest, {
    lastReceipt: names,
    lookOnly: input.lookOnly,
    ...(signal && { signal }),
  });
  const looked = draftFrom(input, read);
  // Only a change that concerns the app of this login is worth the calls, or a deletion.
  const unclear = looked.plan.diagnostics.some(({ code }) => code === 'self-lockout-unchecked');
  const reading = unclear ? await withOwnUser(org, read, signal) : read;
  const first = unclear ? draftFrom(input, reading) : looked;
  const deletes = first.plan.apps.some(({ action }) => action === 'delete');
  if (!deletes) return { reading, draft: withPreflight(first, reading) };
  const { types } = reading.source;
  const references = await readReferences(org, manifest.org.api_version, types, { ...(signal && { signal }) });
  return { reading, draft: withPreflight(draftFrom(input, { ...reading, references }), reading) };
}

/**
 * What an apply by this user would lack. Only a warning: who plans is often someone else than who applies, and apply
 * asks again.
 */
function withPreflight(draft: PlanDraft, { facts }: OrgReading): PlanDraft {
  const { plan, phases, work } = draft;
  if (phases.length === 0) return draft;
  const lacking = preflight(facts, plan.path, touchedBy(work)).filter(({ severity }) => severity !== 'note');
  const warnings = lacking.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const }));
  return { ...draft, plan: { ...plan, diagnostics: [...plan.diagnostics, ...warnings] } };
}

const ASSIGNMENTS = fieldsOf('permissionSets', 'profiles');

/** What the work does to Connected Apps. */
export function touchedBy({ apps, deletes }: Work): Touched {
  const isConnectedApp = ({ type }: { readonly type: string }): boolean => type === APP_TYPES['connected-app'];
  const written = apps.filter(({ writes }) => writes.some(isConnectedApp));
  return {
    connectedApps: written.length > 0 || deletes.some(isConnectedApp),
    assignments: written.some(({ plan }) => plan.changes.some(({ field }) => ASSIGNMENTS.has(field))),
  };
}

/** What was read of the org, as {@link readAndDraft} plans from it. */
export const draftFrom = (
  input: Omit<PlanInput, 'org'>,
  reading: OrgReading & Pick<Situation, 'references'>,
): PlanDraft => draftPlan({ ...input, ...reading, lastReceipt: lastReceipt(input, reading.identity.orgId) });

/** A receipt of another org or manifest remembers nothing about this one. */
function lastReceipt(
  { receipt, manifest }: Omit<PlanInput, 'org'>,
  orgId: string,
): { readonly apps: ReadonlyMap<string, string> } {
  if (receipt?.manifest_id !== manifest.id || receipt.org_id !== orgId) return { apps: new Map() };
  // An app left alone in that run, or not reached by it, existed when the org returned its consumer key.
  const existing = receipt.apps.filter(({ action, consumer_key: key }) => {
    if (action === 'deleted') return false;
    return key !== undefined || !['skipped', 'not-applied', 'unknown'].includes(action);
  });
  return { apps: new Map(existing.map((app) => [app.api_name, app.consumer_key ?? ''])) };
}
