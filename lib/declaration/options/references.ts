import type { Platform } from '../client-app';
import { hasBrand } from './brand';

/** How constructs are recognized where an option takes one instead of a name. */
export const CLIENT_APP_BRAND = 'ClientApp';
export const CUSTOM_SCOPE_BRAND = 'OauthCustomScope';

/** What an option needs of the construct of an app. */
export interface AppConstruct {
  readonly apiName: string;
  readonly platform: Platform;
}

/** True for the construct of a client app, whichever copy of this package made it. */
export const isAppConstruct = (value: unknown): value is AppConstruct => hasBrand(value, CLIENT_APP_BRAND);

/** True for the construct of a custom scope. */
export const isScopeConstruct = (value: unknown): value is { readonly apiName: string } =>
  hasBrand(value, CUSTOM_SCOPE_BRAND);
