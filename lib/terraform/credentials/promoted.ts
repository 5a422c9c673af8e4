import { liveText } from '../../metadata/live-app';
import { credentialsOf, promoted, refuseOwnLogin, rotationRefused } from '../../operations/rotate-staged';
import { diagnose } from '../../values/diagnose';
import type { Session } from '../org/session';
import type { Answered, Planned } from '../resource';
import { isUnknown, text, Unknown, type Values } from '../wire/value';
import { inRotation } from './access';
import { mayStage } from './staged';

/** Another key takes the credentials with that key in use. */
export async function planPromotion(
  prior: Values | undefined,
  config: Values | undefined,
  session: Session,
): Promise<Planned> {
  if (!config) return { state: null, diagnostics: [] };
  const renamed = prior !== undefined && prior['api_name'] !== config['api_name'];
  const promotes = prior === undefined || renamed || prior['consumer_key'] !== config['consumer_key'];
  const former = promotes ? new Unknown() : (prior['former_consumer_key'] ?? null);
  return {
    state: { ...config, former_consumer_key: former },
    requiresReplace: renamed ? ['api_name'] : [],
    diagnostics: promotes ? await mayStage(config, session) : [],
  };
}

/** Takes staged credentials in use. Those that are already need nothing, so that an apply that was cut off can be repeated. */
export async function applyPromotion(
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined },
  session: Session,
): Promise<Answered> {
  const { prior, planned } = change;
  // The credentials stay in use: there is nothing to go back to.
  if (!planned) return { state: null, diagnostics: [] };
  if (!isUnknown(planned['former_consumer_key'])) return { state: planned, diagnostics: [] };
  const key = text(planned['consumer_key']) ?? '';
  const { value, diagnostics } = await inRotation<string | null>(session, {
    apiName: text(planned['api_name']) ?? '',
    agreed: planned['open_secret_access'] === true,
    prior,
    without: (app) => (liveText(app, 'consumerKey') === key ? null : undefined),
    work: async (rotation) => {
      const place = await credentialsOf(rotation);
      refuseOwnLogin(rotation, place);
      const { apiName } = rotation.app;
      if (place.staged?.state !== 'Active' || place.staged.key !== key) {
        throw rotationRefused(diagnose('rotate-refused/not-staged', { path: apiName }, { app: apiName, key }));
      }
      await promoted(rotation, { ...place, staged: place.staged });
      return place.consumer.key;
    },
  });
  return { state: { ...planned, former_consumer_key: value }, diagnostics };
}
