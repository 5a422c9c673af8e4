import { declareApp } from '../lib/synth/org-inputs';
import { ClientApp } from './client-app';
import type { PrivateClientAppProps } from './props/by-kind';
import type { Construct } from './tree';

/**
 * A server that users log in through and that can keep a secret: a web application, a portal, a gateway. Web server
 * flow with secret and PKCE; the Authorization Code and Credentials Flow where it is asked for.
 */
export class PrivateClientApp extends ClientApp {
  /**
   * Declares the app. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope The SalesforceOrg, or a construct inside one.
   * @param id Construct id; also the API name, unless `apiName` states another one.
   */
  constructor(scope: Construct, id: string, props: PrivateClientAppProps) {
    super(scope, id, new.target, (org, place) => declareApp(org, 'private', props, place));
  }
}
