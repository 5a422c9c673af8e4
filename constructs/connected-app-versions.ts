import type { ClientApp } from '../lib/declaration/client-app';
import { fieldOf } from '../lib/metadata/fields';

/** An option, the Metadata API versions that know it, and whether an app has it. */
export interface Row {
  readonly option: string;
  /** First Metadata API version that knows it. */
  readonly since: number;
  /** Last version that knows it. */
  readonly until?: number;
  readonly used: (app: ClientApp) => boolean;
}

/** An option that becomes a field of ConnectedApp. */
function row(option: string, field: string, used: Row['used']): Row {
  const { since, until } = fieldOf('ConnectedApp', field);
  return { option, since, ...(until !== undefined && { until }), used };
}

/** Options of a Connected App that not every Metadata API version of this library has. */
export const CONNECTED_APP_VERSIONS: readonly Row[] = [
  // Before, the switch is in Setup only. The default, off, is not written then.
  row('deviceFlow', 'oauthConfig.isDeviceFlowEnabled', (app) => app.deviceFlow.origin === 'stated'),
  row('dpop', 'oauthConfig.isDPopEnabled', (app) => app.dpop !== undefined),
  row('limitIdleRefreshTokens', 'oauthConfig.isEnforceRefreshTokenTTL', (app) => app.limitIdleRefreshTokens === true),
  row('ipBinding', 'oauthConfig.isIpBindingEnabled', (app) => app.ipBinding !== undefined),
  row('pkiMutualTls', 'oauthConfig.isPKImTLSEnabled', (app) => app.pkiMutualTls !== undefined),
  row('apexHandler', 'pluginExecutionUser', (app) => app.apexHandler !== undefined),
];
