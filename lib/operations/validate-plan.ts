import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { PlanDraft } from '../plan/draft-plan';
import type { PhasePlan } from '../plan/plan';
import { NOTHING_TO_DO } from '../values/catalog/entry';
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
  apps: {
    for: 'enable',
    remark: {
      problem:
        'Salesforce can validate the apps only once the org settings and custom scopes they need are there; if the apps are refused at apply, the settings are put back',
      remedy: NOTHING_TO_DO,
    },
  },
  handlers: {
    for: 'apps',
    remark: {
      problem:
        'Salesforce can validate token exchange handlers only once the apps they serve are there; if they are refused at apply, the apps stay, and the receipt says so',
      remedy: NOTHING_TO_DO,
    },
  },
};

interface Waiting {
  readonly for: PhasePlan['name'];
  readonly remark: Pick<Diagnostic, 'problem' | 'remedy'>;
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
      found.push({ code: 'phase-not-validated', severity: 'note', path: manifest.org.path, ...waits.remark });
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
