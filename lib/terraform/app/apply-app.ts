import type { ObservedOrg } from '../../metadata/observed';
import { consentsIn } from '../org/consents';
import type { AppResult } from '../org/operation';
import type { Session } from '../org/session';
import type { Answered, TerraformDiagnostic } from '../resource';
import { outcomeDiagnostics, toTerraform } from '../terraform-diagnostic';
import { text, type Value, type Values } from '../wire/value';
import { type AppModel, pathOf } from './app-model';
import { appBefore } from './before';
import { checkControls } from './check-controls';
import { declareApp } from './declare-app';
import { mayAdopt, protection } from './deletion';
import { knownAs } from './ownership';
import { asPlanned } from './planned-value';
import { completeApp } from './read-app';
import { reviewedFields } from './reviewed-fields';

/**
 * Writes or deletes the app. A create that failed leaves no state, so that nothing is ever tainted and its consumer key
 * never lost by a replacement; an update that failed leaves the state as it was.
 */
export async function applyAppChange(
  model: AppModel,
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined; readonly config: Values },
  session: Session,
): Promise<Answered> {
  const { prior, planned } = change;
  if (!planned) return prior ? deleteApp(model, prior, session) : { state: null, diagnostics: [] };
  const reviewed = prior && reviewedFields(model.components, prior, planned);
  if (
    prior &&
    reviewed &&
    reviewed.size === 0 &&
    prior['certificate_fingerprint'] === planned['certificate_fingerprint'] &&
    prior['managed_by'] === planned['managed_by']
  ) {
    // Only something of ours changed, such as the deletion protection: the org need not know.
    return { state: planned, diagnostics: [] };
  }
  const config = asPlanned(model, planned, change.config);
  const { apiVersion, failOn } = session.config;
  const { adopts } = session.config;
  const violations = (org?: ObservedOrg): readonly TerraformDiagnostic[] => {
    const before = appBefore(model, { prior, config, adopts }, org);
    const checking = { model, planned, config, apiVersion, failOn, today: session.today(), before };
    return checkControls(checking, true).filter(({ severity }) => severity === 'error');
  };
  const found = violations();
  // An app that a create takes over may have had the same violations before; only then is the org asked for them.
  const refused = found.length > 0 && !prior && adopts ? violations((await session.reading()).observed) : found;
  if (refused.length > 0) return { state: prior ?? null, diagnostics: refused };
  const result = await session.execute({
    kind: 'write',
    app: declareApp(model, { config, planned, prior }, session.config),
    reviewed,
    known: prior && knownAs(prior),
    mayAdopt: mayAdopt(planned, session.config),
    consents: consentsIn(config),
    ...(prior && { reviewedFingerprint: text(prior['certificate_fingerprint']) ?? null }),
  });
  if (result.status === 'failed') return failed(result, prior ?? null);
  return {
    state: completeApp(model, planned, result.observed, apiVersion),
    diagnostics: outcomeDiagnostics(result.diagnostics, prior),
  };
}

async function deleteApp(model: AppModel, prior: Values, session: Session): Promise<Answered> {
  const refused = protection(model, prior);
  if (refused) return { state: prior, diagnostics: [refused] };
  const apiName = text(prior['api_name']) ?? '';
  const result = await session.execute({
    kind: 'delete',
    platform: model.platform,
    apiName,
    path: pathOf(model, apiName),
    consumerKey: text(prior['consumer_key']),
    consents: consentsIn(prior),
  });
  return result.status === 'failed' ? failed(result, prior) : { state: null, diagnostics: [] };
}

const failed = (result: AppResult, state: Value): Answered => ({
  state,
  diagnostics: result.diagnostics.map((diagnostic) => toTerraform(diagnostic)),
});
