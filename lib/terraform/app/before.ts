import { liveApp } from '../../metadata/live-app';
import type { ObservedOrg } from '../../metadata/observed';
import { text, type Values } from '../wire/value';
import type { AppModel } from './app-model';
import type { Before } from './check-controls';
import { judgedApp } from './judged-app';

/**
 * The app that a change finds: what Terraform's state says of it, which is what a plan is compared with; for a create,
 * the app of the org that it takes over, if any.
 */
export function appBefore(
  model: AppModel,
  { prior, config, adopts }: { readonly prior: Values | undefined; readonly config: Values; readonly adopts: boolean },
  org: ObservedOrg | undefined,
): Before | undefined {
  const apiName = text(config['api_name']) ?? '';
  const settings = org && { settings: org.settings };
  if (prior) {
    const { app } = judgedApp(model, { planned: prior, config: {} }, apiName, org);
    return { app, origin: 'declared', ...settings };
  }
  const live = adopts && org ? liveApp(org, { platform: model.platform, api_name: apiName }) : undefined;
  return live?.condition === 'present' ? { app: live, origin: 'read', ...settings } : undefined;
}
