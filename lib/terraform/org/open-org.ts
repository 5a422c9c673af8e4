import { type OrgReading, readOrg } from '../../operations/read-org';
import type { Clock } from '../../org/clock';
import { connect } from '../../org/connect';
import type { Environment } from '../../org/login';
import type { Org } from '../../org/org';
import { proxySettings } from '../../org/proxy';
import type { ProviderConfig } from './provider-config';
import { loginOf } from './provider-login';
import { manifestOf } from './situation';

export { accessTokenOf } from './access-token';
export { withOwnUser } from '../../operations/read-own-user';
export { settle } from './settle';
export { readReferences } from '../../operations/read-references';
export { readDependencies } from '../../operations/read-dependencies';

/** Logs in to the org of the provider's configuration. @throws OrgError */
export async function openOrg(config: ProviderConfig, environment: Environment, clock: Clock): Promise<Org> {
  return connect(loginOf(config), { proxy: proxySettings(environment), clock, apiVersion: config.apiVersion });
}

/** Everything, for all resources at once. */
export const readWhole = (org: Org, config: ProviderConfig): Promise<OrgReading> =>
  readOrg(org, manifestOf(config, []), { others: true });
