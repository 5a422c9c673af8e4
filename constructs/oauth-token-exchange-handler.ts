import { tokenExchangeHandler } from '../lib/metadata/records/token-exchange-handler';
import { OauthRecord } from './oauth-record';
import type { OauthTokenExchangeHandlerProps } from './props/oauth-records';
import type { Construct } from './tree';

/**
 * Turns tokens of another issuer into sessions of this org, by an Apex class (RFC 8693). Removing the declaration leaves
 * the handler in the org: to end it, apply `enabled: false` first.
 */
export class OauthTokenExchangeHandler extends OauthRecord {
  /**
   * Declares the handler. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope The SalesforceOrg, or a construct inside one.
   * @param id Construct id; also the name in the org, unless `apiName` states another one.
   */
  constructor(scope: Construct, id: string, props: OauthTokenExchangeHandlerProps) {
    super(scope, id, tokenExchangeHandler, props, new.target);
  }
}
