import type { ClientKind } from '../../declaration/client-app';
import { ownName } from '../connected-app/external-words';
import { CONNECTED_APP, type Found, type Inexpressible } from './found';
import { optional } from './header';

/** Options that External Client Apps have no word for, as far as the kind has them. */
export function connectedAppOptions(found: Found, kind: ClientKind) {
  const flag = (name: string): boolean | undefined => found.flag(CONNECTED_APP, `oauthConfig.${name}`);
  return {
    ...optional('ipBinding', flag('isIpBindingEnabled')),
    ...(kind !== 'public' && optional('pkiMutualTls', flag('isPKImTLSEnabled'))),
    ...(kind !== 'machine' && optional('mobileStartUrl', found.text(CONNECTED_APP, 'mobileStartUrl'))),
  };
}

/** A problem with a field of that, told of the field that the Connected App has. */
export const inConnectedApp = ({ type, field, problem }: Inexpressible): Inexpressible => ({
  type: 'ConnectedApp',
  field: ownName({ type, field }) ?? field,
  problem,
});
