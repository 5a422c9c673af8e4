import { claimsOf } from '../lib/declaration/check-org';
import type { ClientKind } from '../lib/declaration/client-app';
import { ClientAppsError } from '../lib/values/diagnostic';
import { Construct } from './base';
import { registerApp } from './org';
import type { RegisteredApp } from './org-inputs';
import { sourceLocation } from './source-location';

/** What the three kinds of client app have in common as constructs. */
export abstract class ClientApp extends Construct {
  /** The API name of the app in the org. */
  readonly apiName: string;

  protected constructor(
    scope: Construct,
    id: string,
    declaration: { readonly kind: ClientKind; readonly props: unknown; readonly declare: RegisteredApp['declare'] },
    constructor: abstract new (...args: never[]) => unknown,
  ) {
    super(scope, id);
    const { path } = this.node;
    const source = sourceLocation(constructor);
    this.apiName = claimsOf(declaration.props, declaration.kind, path, id).apiName;
    if (registerApp(this, this.apiName, { ...declaration, path, id, ...(source && { source }) })) return;
    // There is no org to report to at synth, just as cdktf itself throws for a resource outside a stack.
    throw new ClientAppsError('INVALID_DECLARATION', [
      {
        code: 'no-org',
        severity: 'error',
        path,
        problem: 'the client app is not inside a SalesforceOrg',
        allowed: 'a SalesforceOrg, or a construct below one, as first argument',
        remedy: `write new ${constructor.name}(org, '${id}', …)`,
      },
    ]);
  }

  /**
   * The consumer key, which Salesforce generates at the first apply.
   * @throws ClientAppsError with the null engine, which learns nothing back from the org. The receipt of the apply and
   * `client-apps outputs` show the key.
   */
  get consumerKey(): string {
    throw new ClientAppsError('REFUSED', [
      {
        code: 'consumer-key-unknown',
        severity: 'error',
        path: this.node.path,
        field: 'consumerKey',
        problem: 'the engine null does not know the consumer key in Terraform',
        allowed: 'a consumer key read after the apply',
        remedy: 'read it from the receipt of the apply or from `client-apps outputs`',
      },
    ]);
  }
}
