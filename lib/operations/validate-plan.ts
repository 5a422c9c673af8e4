import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { PlanDraft } from '../plan/draft-plan';
import type { Diagnostic } from '../values/diagnostic';
import { deployPhase, deployProblems } from './deploy-phase';
import type { OnEvent } from './types';

export interface ValidateInput {
  readonly org: Org;
  readonly manifest: Manifest;
  /** From {@link readAndDraft}: what would be deployed. */
  readonly draft: PlanDraft;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
}

/**
 * Has Salesforce judge the very packages that apply would deploy, keeping nothing. An apps' phase that waits for org
 * settings of an earlier one cannot be judged before those are on; that is said as a note.
 * @throws OrgError
 */
export async function validatePlan(input: ValidateInput): Promise<readonly Diagnostic[]> {
  const { manifest, draft } = input;
  const found: Diagnostic[] = [];
  const opens = draft.phases.some(({ plan }) => plan.name === 'enable');
  for (const phase of draft.phases) {
    if (phase.plan.name === 'apps' && opens) {
      found.push({
        code: 'phase-not-validated',
        severity: 'note',
        path: manifest.org.path,
        problem: 'Salesforce can validate the apps only once the org settings they need are on',
        remedy: 'nothing: if the apps are refused at apply, the settings are put back',
      });
      continue;
    }
    const outcome = await deployPhase(phase, { ...input, checkOnly: true });
    if (outcome.status === 'failed') found.push(...deployProblems(outcome, phase.writes, manifest));
  }
  return found;
}
