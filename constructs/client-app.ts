import type { Platform } from '../lib/declaration/client-app';
import { brand } from '../lib/declaration/options/brand';
import { CLIENT_APP_BRAND } from '../lib/declaration/options/references';
import type { DeclaredApp, Place } from '../lib/synth/org-inputs';
import type { OrgOptions } from '../lib/synth/org-options';
import { sourceLocation } from '../lib/synth/source/location';
import { diagnose } from '../lib/values/diagnose';
import { ClientAppsError } from '../lib/values/diagnostic';
import type { Outputs } from './engines/engine-resources';
import { orgAround } from './org';
import { Construct } from './tree';

/** What the three kinds of client app have in common as constructs. */
export abstract class ClientApp extends Construct {
  /** The API name of the app in the org. */
  readonly apiName: string;
  /** How Salesforce stores the app. */
  readonly platform: Platform;
  readonly #outputs: Outputs | undefined;

  /** For the three kinds only. */
  protected constructor(
    scope: Construct,
    id: string,
    constructor: abstract new (...args: never[]) => unknown,
    declare: (org: OrgOptions, place: Place) => DeclaredApp,
  ) {
    super(scope, id);
    brand(this, CLIENT_APP_BRAND);
    const { state, engine } = orgAround(this, 'the client app', constructor.name);
    const app = declare(state.options, { path: this.node.path, id, source: sourceLocation(constructor) });
    this.platform = app.platform;
    this.apiName = app.claims.apiName;
    state.addApp(app);
    this.#outputs = engine.addApp(this, this);
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
