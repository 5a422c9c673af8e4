import { claimsOf } from '../lib/declaration/check-org';
import type { ClientKind, Platform } from '../lib/declaration/client-app';
import { brand } from '../lib/declaration/options/brand';
import { CLIENT_APP_BRAND } from '../lib/declaration/options/references';
import { ClientAppsError } from '../lib/values/diagnostic';
import { diagnose } from '../lib/values/diagnose';
import { Construct } from './base';
import type { Outputs } from './engines/engine-resources';
import { outsideOrg, platformOf, registerApp } from './org';
import type { RegisteredApp } from '../lib/synth/org-inputs';
import { sourceLocation } from '../lib/synth/source/location';

/** What the three kinds of client app have in common as constructs. */
export abstract class ClientApp extends Construct {
  /** The API name of the app in the org. */
  readonly apiName: string;
  /** What Salesforce stores the app as. */
  readonly platform: Platform;
  readonly #outputs: Outputs | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    declaration: { readonly kind: ClientKind; readonly props: unknown; readonly declare: RegisteredApp['declare'] },
    constructor: abstract new (...args: never[]) => unknown,
  ) {
    super(scope, id);
    const { path } = this.node;
    const source = sourceLocation(constructor);
    brand(this, CLIENT_APP_BRAND);
    this.platform = platformOf(declaration.props);
    this.apiName = claimsOf(declaration.props, declaration.kind, path, id).apiName;
    const registered = registerApp(this, this, { ...declaration, path, id, ...(source && { source }) });
    this.#outputs = registered?.outputs;
    if (!registered) throw outsideOrg(this, 'the client app', constructor.name);
  }

  /**
   * The consumer key (the OAuth client_id), as a token that other resources of the stack can use. Salesforce generates it
   * when the app is created.
   * @throws ClientAppsError with the null engine, which learns nothing back from the org: the receipt of the apply and
   * `client-apps outputs` show the key.
   */
  get consumerKey(): string {
    return this.#output('consumerKey', 'the consumer key');
  }

  /**
   * The id of the app's record in the org, as a token that other resources of the stack can use.
   * @throws ClientAppsError with the null engine, as for {@link consumerKey}.
   */
  get applicationId(): string {
    return this.#output('applicationId', 'the id of the app');
  }

  #output(name: keyof Outputs, title: string): string {
    if (this.#outputs) return this.#outputs[name];
    throw new ClientAppsError('REFUSED', [
      diagnose('output-unknown', { path: this.node.path, field: name }, { title }),
    ]);
  }
}
