import { declareApp } from '../lib/synth/org-inputs';
import { ClientApp } from './client-app';
import type { PublicClientAppProps } from './props/by-kind';
import type { Construct } from './tree';

/**
 * An app on someone's device that cannot keep a secret: mobile, desktop, single page. Web server flow with PKCE.
 * Salesforce generates a secret for it as for every app, and nothing demands that secret.
 */
export class PublicClientApp extends ClientApp {
  /**
   * Declares the app. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope The SalesforceOrg, or a construct inside one.
   * @param id Construct id; also the API name, unless `apiName` states another one.
   */
  constructor(scope: Construct, id: string, props: PublicClientAppProps) {
    super(scope, id, new.target, (org, place) => declareApp(org, 'public', props, place));
  }
}
