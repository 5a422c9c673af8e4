import { appAttributes, recordAttributes, settingsAttributes } from './provider-attributes';
import type { Platform } from '../../lib/declaration/client-app';
import { TerraformResource, type Construct } from '../base';
import type { ManifestApp } from '../../lib/metadata/manifest';
import type { AppIdentity, EngineResources, Outputs, RecordIdentity } from './engine-resources';
import type { OrgState } from './org-state';
import { appAddress, settingsAddress } from '../../lib/synth/addresses';
import { requireValidProgram } from './program';
import { SalesforceProvider } from './salesforce-provider';

const APP: Readonly<Record<Platform, string>> = {
  'external-client-app': 'salesforce_external_client_app',
  'connected-app': 'salesforce_connected_app',
};
const SETTINGS = 'salesforce_oauth_settings';
const RECORD: Readonly<Record<RecordIdentity['type'], string>> = {
  OauthCustomScope: 'salesforce_oauth_custom_scope',
  OauthTokenExchangeHandler: 'salesforce_oauth_token_exchange_handler',
};

/** A resource whose attributes are known at synth only. Judging comes first: no attributes of an invalid program. */
abstract class DeclaredResource extends TerraformResource {
  protected readonly org: OrgState;

  constructor(scope: Construct, id: string, org: OrgState, provider: SalesforceProvider, type: string) {
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'salesforce' },
      provider,
    });
    this.org = org;
  }

  /** cdktf guesses how to write what comes without a type, and guesses right for attributes that are objects. */
  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }

  waitFor(address: string): void {
    (this.dependsOn ??= []).push(address);
  }
}

class AppResource extends DeclaredResource implements Outputs {
  readonly #path: string;
  readonly #apiName: string;
  readonly #movedFromNull: boolean;

  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider, app: AddedApp) {
    super(scope, 'app', org, provider, APP[app.platform]);
    this.#path = scope.node.path;
    this.#apiName = app.apiName;
    this.#movedFromNull = app.movedFromNull;
    this.overrideLogicalId(appAddress(org.name, app.apiName));
  }

  /** Adds the blocks by which the app comes into the state without a create. */
  override toTerraform(): object {
    const address = appAddress(this.org.name, this.#apiName);
    const to = `${this.terraformResourceType}.${address}`;
    const adopts = this.org.evaluation().apps.get(this.#path)?.adopt === true;
    return {
      ...(super.toTerraform() as object),
      ...(this.#movedFromNull && { moved: [{ from: `null_resource.${address}`, to }] }),
      ...(adopts && { import: [{ to, id: this.#apiName, provider: this.provider?.fqn }] }),
    };
  }

  get address(): string {
    return `${this.terraformResourceType}.${appAddress(this.org.name, this.#apiName)}`;
  }

  get consumerKey(): string {
    return this.getStringAttribute('consumer_key');
  }

  get applicationId(): string {
    return this.getStringAttribute('application_id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { apps, manifest, manifestApps } = this.org.evaluation();
    // cdktf looks for references now: only values of other resources can be some.
    if (this.org.preparing && !isLate(manifestApps.get(this.#path))) return {};
    const app = apps.get(this.#path);
    if (!app || !manifest) {
      requireValidProgram(this);
      return {};
    }
    const exceptions = manifestApps.get(this.#path)?.exceptions ?? [];
    return { ...appAttributes(app, { manifestId: manifest.id, apiVersion: manifest.org.api_version, exceptions }) };
  }
}

class SettingsResource extends DeclaredResource {
  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider) {
    super(scope, 'oauth-settings', org, provider, SETTINGS);
    this.overrideLogicalId(settingsAddress(org.name));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...settingsAttributes(this.org.evaluation().settings) };
  }
}

class RecordResource extends DeclaredResource {
  readonly #path: string;
  readonly #apiName: string;

  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider, { type, apiName }: RecordIdentity) {
    super(scope, 'record', org, provider, RECORD[type]);
    this.#path = scope.node.path;
    this.#apiName = apiName;
    this.overrideLogicalId(appAddress(org.name, apiName));
  }

  get address(): string {
    return `${this.terraformResourceType}.${appAddress(this.org.name, this.#apiName)}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { records } = this.org.evaluation();
    const record = records.get(this.#path);
    if (!record) {
      if (!this.org.preparing) requireValidProgram(this);
      return {};
    }
    return { ...recordAttributes(record) };
  }
}

interface AddedApp extends AppIdentity {
  /** The state may hold the app as a null_resource of the engine null. */
  readonly movedFromNull: boolean;
}

/** The resources of one org, driven by this package's own provider: one for each app, one for the settings. */
export class ProviderEngine implements EngineResources {
  readonly name = 'provider';
  readonly #scope: Construct;
  readonly #org: OrgState;
  readonly #provider: SalesforceProvider;
  readonly #apps: AppResource[] = [];
  readonly #scopes: RecordResource[] = [];
  readonly #handlers: RecordResource[] = [];
  #settings: SettingsResource | undefined;

  readonly #movedFromNull: boolean;

  /** @param movedFromNull The engine null drove the org so far. */
  constructor(scope: Construct, org: OrgState, movedFromNull: boolean) {
    this.#scope = scope;
    this.#org = org;
    this.#movedFromNull = movedFromNull;
    this.#provider = new SalesforceProvider(scope, org, movedFromNull);
  }

  addApp(scope: Construct, added: AppIdentity): Outputs {
    const app = new AppResource(scope, this.#org, this.#provider, { ...added, movedFromNull: this.#movedFromNull });
    this.#apps.push(app);
    if (this.#settings) app.waitFor(settingsOf(this.#org));
    for (const record of this.#scopes) app.waitFor(record.address);
    for (const handler of this.#handlers) handler.waitFor(app.address);
    return app;
  }

  /** An app may name a scope, and a handler names apps. */
  addRecord(scope: Construct, added: RecordIdentity): void {
    const record = new RecordResource(scope, this.#org, this.#provider, added);
    if (added.type === 'OauthCustomScope') {
      this.#scopes.push(record);
      for (const app of this.#apps) app.waitFor(record.address);
      return;
    }
    this.#handlers.push(record);
    for (const app of this.#apps) record.waitFor(app.address);
  }

  addSettings(): void {
    if (this.#settings) return;
    this.#settings = new SettingsResource(this.#scope, this.#org, this.#provider);
    // An app may need what a setting allows, and Salesforce refuses it until then (D6).
    for (const app of this.#apps) app.waitFor(settingsOf(this.#org));
  }
}

const isLate = (app: ManifestApp | undefined): boolean =>
  app?.components.some(({ late }) => late !== undefined) === true;

const settingsOf = (org: OrgState): string => `${SETTINGS}.${settingsAddress(org.name)}`;
