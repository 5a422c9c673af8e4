import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { PlanDraft } from '../plan/draft-plan';
import type { PhasePlan } from '../plan/plan';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { createdApps, deployApps } from './deploy-apps';
import { deployProblems } from './deploy-phase';
import type { OnEvent } from './types';

export interface ValidateInput {
  readonly org: Org;
  readonly manifest: Manifest;
  /** From {@link readAndDraft}: what would be deployed. */
  readonly draft: PlanDraft;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
}

/** Phases that Salesforce cannot judge before an earlier one was carried out. */
const WAITS: Readonly<Partial<Record<PhasePlan['name'], Waiting>>> = {
  apps: { for: 'enable', entry: 'phase-not-validated/apps' },
  handlers: { for: 'apps', entry: 'phase-not-validated/handlers' },
};

interface Waiting {
  readonly for: PhasePlan['name'];
  readonly entry: 'phase-not-validated/apps' | 'phase-not-validated/handlers';
}

/**
 * Has Salesforce judge the very packages that apply would deploy, keeping nothing. An apps' phase that waits for org
 * settings of an earlier one cannot be judged before those are on; that is said as a note.
 * @throws OrgError
 */
export async function validatePlan(input: ValidateInput): Promise<readonly Diagnostic[]> {
  const { manifest, draft } = input;
  const found: Diagnostic[] = [];
  const created = createdApps(draft.plan.apps);
  const planned = new Set(draft.phases.map(({ plan }) => plan.name));
  for (const phase of draft.phases) {
    const waits = WAITS[phase.plan.name];
    if (waits && planned.has(waits.for)) {
      found.push(diagnose(waits.entry, { path: manifest.org.path }));
      continue;
    }
    const { outcome, remarks, ended } = await deployApps(phase, { ...input, created, checkOnly: true });
    if (outcome.status === 'failed' && ended !== 'stale') {
      found.push(...deployProblems(outcome, phase, manifest));
    }
    found.push(...remarks);
  }
  return found;
}
