import type { Credentials } from '../../org/credentials';
import { OrgError } from '../../org/org-error';
import type { ProviderConfig } from './provider-config';

/** How the provider logs in. @throws OrgError where that is not known, or not set */
export function loginOf(config: ProviderConfig): Credentials {
  if (config.login) return config.login();
  if (config.offline) {
    throw new OrgError(
      'login',
      'The provider is offline, so the org is not asked',
      'leave out what needs the org (count = 0), override it in terraform test, or plan with a login',
    );
  }
  throw new OrgError(
    'login',
    'The arguments of the provider are not known yet, so the org cannot be asked',
    'apply first what they come from (-target), or state them as variables',
  );
}
