import { brand } from '../lib/declaration/options/brand';
import { CUSTOM_SCOPE_BRAND } from '../lib/declaration/options/references';
import { customScope } from '../lib/metadata/records/custom-scope';
import { OauthRecord } from './oauth-record';
import type { OauthCustomScopeProps } from './props/oauth-records';
import type { Construct } from './tree';

/**
 * A scope of the org's own, for resources outside Salesforce: it stands in the token, and the resource server decides
 * what it opens. Apps take it by `customScopes`. Removing the declaration leaves the scope in the org.
 */
export class OauthCustomScope extends OauthRecord {
  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'OauthCustomScope';

  /**
   * Declares the scope. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope The SalesforceOrg, or a construct inside one.
   * @param id Construct id; also the name in the org, unless `apiName` states another one.
   */
  constructor(scope: Construct, id: string, props: OauthCustomScopeProps) {
    super(scope, id, customScope, props, new.target);
    brand(this, CUSTOM_SCOPE_BRAND);
  }
}
