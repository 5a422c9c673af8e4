import type { Manifest } from '../metadata/manifest';
import { clockOff } from '../operations/clock-off';
import type { ApplyJournal, JournalDeploy } from '../operations/journal';
import type { PlanInput } from '../operations/plan-org';
import { followJournal, type Unfinished } from '../operations/resume';
import type { Org } from '../org/org';
import { type Consents, NO_CONSENTS, type OrgPlan } from '../plan/plan';
import { deployWords } from '../reports/unfinished';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import type { OrgFlags, ReceiptFlags } from './flags';
import type { Io } from './io';
import { type Journals, openJournals } from './journals';
import { openReceipts, type Receipts } from './receipts';
import { rotationsLeft } from './rotations-left';
import { lookForWork } from './unfinished-work';
import type { Run } from './with-run';

/** What this machine knows of earlier applies. */
export interface Memory {
  readonly receipts: Receipts;
  readonly journals: Journals;
}

/** @param takeOver Go on although another apply may run on another machine. */
export const openMemory = (
  io: Io,
  flags: ReceiptFlags & OrgFlags,
  orgs: readonly string[],
  takeOver?: boolean,
): Memory => ({ receipts: openReceipts(io, flags, orgs), journals: openJournals(io, flags, takeOver) });

/** A plan, and the journal of an apply that was cut off and that an apply of the plan finishes. */
export interface Planned {
  readonly plan: OrgPlan;
  readonly left?: ApplyJournal | undefined;
}

interface Planning {
  readonly manifest: Manifest;
  readonly org: Org;
  readonly consents: Consents | undefined;
  /** For deploys of an apply that was cut off. */
  readonly wait: boolean;
}

/**
 * Has a plan made with all that earlier applies left: their receipt goes into it, what they did not finish stands in it.
 * @throws ClientAppsError where another apply runs, or a file of the memory cannot be used; OrgError.
 */
export async function planWithMemory<P extends { readonly plan: OrgPlan }>(
  run: Run,
  { receipts, journals }: Memory,
  { manifest, org, consents = NO_CONSENTS, wait }: Planning,
  make: (input: PlanInput) => Promise<P>,
): Promise<P & Planned> {
  const receipt = receipts.read(manifest);
  const found = await lookForUnfinished(run, journals, manifest, org, wait);
  const { name: orgName, path, api_version: apiVersion } = manifest.org;
  const others = await lookForWork(run, journals.announced(), { path, orgName, org, apiVersion, wait });
  const draft = await make({
    org,
    manifest,
    consents,
    today: run.io.today(),
    onEvent: run.progress.onEvent,
    signal: run.interrupts.signal,
    ...(receipt && { receipt }),
  });
  const whose = { org: manifest.org.name, orgId: draft.plan.org_id };
  const warnings = [
    ...found.warnings,
    ...others,
    ...rotationsLeft(run.io, run.flags, whose),
    ...clockOff(org, path, 'justifications, certificates, credentials of rotations'),
  ];
  return { ...withUnfinished(draft, { ...found, warnings }), left: found.unfinished?.journal };
}

/** What was found of earlier applies. */
interface Found {
  /** Absent where nothing is unfinished. */
  readonly unfinished?: Unfinished;
  readonly warnings: readonly Diagnostic[];
}

/**
 * What an apply that was cut off left, and how the org stands about it; with `wait`, once its deploys are over. Where
 * nothing is unfinished that costs no call.
 * @throws ClientAppsError where another apply runs, or the journal cannot be used or is about another org; OrgError.
 */
export async function lookForUnfinished(
  run: Run,
  journals: Journals,
  manifest: Manifest,
  org: Org,
  wait: boolean,
): Promise<Found> {
  const warnings = journals.requireFree(manifest);
  const journal = journals.read(manifest);
  if (!journal) return { warnings };
  const { signal } = run.interrupts;
  const { orgId } = await org.identify({ user: false, signal });
  if (journal.org_id !== orgId) {
    const facts = { other: journal.org_id, this: orgId };
    throw new ClientAppsError('INVALID_INPUT', [diagnose('journal-of-another', { path: manifest.org.path }, facts)]);
  }
  const { api_version: apiVersion } = manifest.org;
  const { onEvent } = run.progress;
  return { warnings, unfinished: await followJournal(journal, { org, apiVersion, wait, signal, onEvent }) };
}

/** The plan, with what is unfinished beside it. */
function withUnfinished<P extends { readonly plan: OrgPlan }>(draft: P, found: Found): P {
  const { plan } = draft;
  const more = [...found.warnings, ...(found.unfinished ? problemsOf(found.unfinished, plan) : [])];
  return more.length === 0 ? draft : { ...draft, plan: { ...plan, diagnostics: [...plan.diagnostics, ...more] } };
}

function problemsOf(unfinished: Unfinished, { path }: OrgPlan): readonly Diagnostic[] {
  const { journal, running } = unfinished;
  const { begun, deploys, phases, deleted } = journal;
  const begunPhases = new Set(deploys.map(({ phase }) => phase));
  const words = [
    ...deploys.map((deploy) => `${deploy.title}: ${wordsFor(deploy, unfinished)}`),
    ...phases.filter(({ name }) => !begunPhases.has(name)).map(({ title }) => `${title}: not started`),
  ];
  const facts = { begun, deploys: words.join('; ') };
  return [
    ...(running.length === 0
      ? []
      : [diagnose('deploy-running', { path }, { deploys: running.map(({ id }) => id).join(', ') })]),
    deleted
      ? diagnose('apply-unfinished/deletion', { path }, { ...facts, names: deleted.join(', ') })
      : diagnose('apply-unfinished', { path }, facts),
  ];
}

const NOW = 'the plan compares with what the org has now';

function wordsFor(deploy: JournalDeploy, unfinished: Unfinished): string {
  const { id, state } = deploy;
  const wasKnown = (state === 'succeeded' || state === 'failed') && !unfinished.standing.has(id ?? '');
  if (!wasKnown) return deployWords(deploy, unfinished, NOW);
  const which = id === undefined ? '' : ` (${id})`;
  return state === 'succeeded' ? `done${which}` : `refused${which}, none of it was kept`;
}
