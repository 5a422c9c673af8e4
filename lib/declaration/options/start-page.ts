import type { StartPagePolicy } from '../client-app';
import { brand, hasBrand } from './brand';

/** What opens when a user starts the app from the org, if it is not the URL of the option `startUrl`. */
export class StartPage {
  /** Nothing: the app cannot be started from the org. */
  static readonly NONE = new StartPage('None', undefined);
  /** The page set in the SAML plugin. */
  static readonly SAML = new StartPage('SAML', undefined);

  /** The word that Salesforce stores. */
  readonly page: StartPagePolicy['page'];
  /** As given; judged at synth. */
  readonly url: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'StartPage';

  private constructor(page: StartPagePolicy['page'], url: unknown) {
    this.page = page;
    this.url = url;
    brand(this, 'StartPage');
  }

  /** An https URL of the app as a whole, whichever of its plugins the user came through. */
  static custom(url: string): StartPage {
    return new StartPage('Custom', url);
  }

  /** True for a StartPage, whichever copy of this package made it. */
  static is(value: unknown): value is StartPage {
    return hasBrand(value, 'StartPage');
  }
}
