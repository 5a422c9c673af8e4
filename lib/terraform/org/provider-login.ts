import type { Credentials } from '../../org/credentials';
import { OrgError } from '../../org/org-error';
import type { ProviderConfig } from './provider-config';

/** How the provider logs in. @throws OrgError where that is not known, or not set */
export function loginOf(config: ProviderConfig): Credentials {
  if (config.login) return config.login();
  throw new OrgError(
    'login',
    'The arguments of the provider are not known yet, so the org cannot be asked',
    'apply first what they come from (-target), or state them as variables',
  );
}
