import type { ObservedApp } from '../../metadata/observed';
import type { AppPosture } from '../posture';
import { postureOfConnectedApp } from './connected-app';
import { externalClientAppPosture, type PostureOptions } from './external-client-app';

/** What controls see of an app of either platform. */
export function postureOf(app: ObservedApp, options: PostureOptions & { readonly apiVersion: number }): AppPosture {
  if (app.platform === 'external-client-app') return externalClientAppPosture(app, options);
  const record = app.components['ConnectedApp'];
  if (record?.state === 'present') return postureOfConnectedApp(app.apiName, record, options);
  return postureOfConnectedApp(app.apiName, { state: 'unreadable', reason: app.reason ?? 'it was not read' }, options);
}
