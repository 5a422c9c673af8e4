import { liveText } from '../../metadata/live-app';
import type { ObservedApp } from '../../metadata/observed';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { ProviderConfig } from './provider-config';

interface Known {
  readonly apiName: string;
  readonly path: string;
  /** As the state has it. */
  readonly consumerKey: string | undefined;
}

/** Why an app of the org is not for this configuration to delete; undefined: it is. */
export function notToDelete(
  live: ObservedApp,
  { apiName, path, consumerKey }: Known,
  config: Pick<ProviderConfig, 'managedBy' | 'takeOverFrom'>,
): Diagnostic | undefined {
  const owner = liveText(live, 'managedBy');
  if (owner !== undefined && owner !== config.managedBy && !config.takeOverFrom.has(owner)) {
    return diagnose('owned-by-another-manifest/in-state', { path }, { app: apiName, owner });
  }
  if (consumerKey !== undefined && liveText(live, 'consumerKey') !== consumerKey) {
    return diagnose('another-app', { path }, { app: apiName });
  }
  return undefined;
}
