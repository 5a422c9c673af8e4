import { encode } from '../../metadata/encode';
import { presentComponent } from '../../metadata/observe';
import type { ObservedApp } from '../../metadata/observed';
import { parseXml } from '../../metadata/package/xml';
import { fail } from '../../values/result';
import type { AppPosture } from '../posture';
import { connectedAppPosture } from './connected-app';
import { externalClientAppPosture, type PostureOptions } from './external-client-app';

/** What controls see of an app of either platform. */
export function postureOf(app: ObservedApp, options: PostureOptions & { readonly apiVersion: number }): AppPosture {
  if (app.platform === 'external-client-app') return externalClientAppPosture(app, options);
  const component = presentComponent(app, 'ConnectedApp');
  if (!component) return connectedAppPosture(app.apiName, fail(app.reason ?? 'it was not read'), options);
  const file = parseXml(encode(component, options));
  return connectedAppPosture(app.apiName, file.ok ? file : fail(file.error.problem), options);
}
