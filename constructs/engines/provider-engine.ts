import { appAttributes, recordAttributes, settingsAttributes } from './provider-attributes';
import type { Platform } from '../../lib/declaration/client-app';
import { TerraformResource, type Construct } from '../base';
import { recordResource } from '../../lib/metadata/attribute-names';
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

  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider, app: AppIdentity) {
    super(scope, 'app', org, provider, APP[app.platform]);
    this.#path = scope.node.path;
    this.#apiName = app.apiName;
    this.overrideLogicalId(appAddress(org.options.name, app.apiName));
  }

  /** Adds the blocks by which the app comes into the state without a create. */
  override toTerraform(): object {
    const address = appAddress(this.org.options.name, this.#apiName);
    const to = `${this.terraformResourceType}.${address}`;
    const adopts = this.org.synthesis().apps.get(this.#path)?.adopt === true;
    return {
      ...(super.toTerraform() as object),
      ...(this.org.options.movedFromNull && { moved: [{ from: `null_resource.${address}`, to }] }),
      ...(adopts && { import: [{ to, id: this.#apiName, provider: this.provider?.fqn }] }),
    };
  }

  get address(): string {
    return `${this.terraformResourceType}.${appAddress(this.org.options.name, this.#apiName)}`;
  }

  get consumerKey(): string {
    return this.getStringAttribute('consumer_key');
  }

  get applicationId(): string {
    return this.getStringAttribute('application_id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.org.written(
      ({ apps, manifest, manifestApps }) => {
        const app = apps.get(this.#path);
        if (!app || !manifest) {
          requireValidProgram(this);
          return {};
        }
        const exceptions = manifestApps.get(this.#path)?.exceptions ?? [];
        return { ...appAttributes(app, { manifestId: manifest.id, apiVersion: manifest.org.api_version, exceptions }) };
      },
      ({ manifestApps }) => isUnknownAtSynth(manifestApps.get(this.#path)),
    );
  }
}

class SettingsResource extends DeclaredResource {
  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider) {
    super(scope, 'oauth-settings', org, provider, SETTINGS);
    this.overrideLogicalId(settingsAddress(org.options.name));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.org.written(({ settings }) => ({ ...settingsAttributes(settings) }));
  }
}

class RecordResource extends DeclaredResource {
  readonly #path: string;
  readonly #apiName: string;

  constructor(scope: Construct, org: OrgState, provider: SalesforceProvider, { kind, apiName }: RecordIdentity) {
    super(scope, 'record', org, provider, recordResource(kind.type));
    this.#path = scope.node.path;
    this.#apiName = apiName;
    this.overrideLogicalId(appAddress(org.options.name, apiName));
  }

  get address(): string {
    return `${this.terraformResourceType}.${appAddress(this.org.options.name, this.#apiName)}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.org.written(
      ({ records }) => {
        const record = records.get(this.#path);
        if (!record) requireValidProgram(this);
        return record ? { ...recordAttributes(record) } : {};
      },
      () => true,
    );
  }
}

/** The resources of one org, driven by this package's own provider: one for each app, one for the settings. */
export class ProviderEngine implements EngineResources {
  readonly #scope: Construct;
  readonly #org: OrgState;
  readonly #provider: SalesforceProvider;
  readonly #apps: AppResource[] = [];
  readonly #needed: RecordResource[] = [];
  readonly #following: RecordResource[] = [];
  #settings: SettingsResource | undefined;

  constructor(scope: Construct, org: OrgState) {
    this.#scope = scope;
    this.#org = org;
    this.#provider = new SalesforceProvider(scope, org);
  }

  addApp(scope: Construct, added: AppIdentity): Outputs {
    const app = new AppResource(scope, this.#org, this.#provider, added);
    this.#apps.push(app);
    if (this.#settings) app.waitFor(settingsOf(this.#org));
    for (const record of this.#needed) app.waitFor(record.address);
    for (const record of this.#following) record.waitFor(app.address);
    return app;
  }

  /** An app may name a scope, and a handler names apps. */
  addRecord(scope: Construct, added: RecordIdentity): void {
    const record = new RecordResource(scope, this.#org, this.#provider, added);
    if (added.kind.phase === 'enable') {
      this.#needed.push(record);
      for (const app of this.#apps) app.waitFor(record.address);
      return;
    }
    this.#following.push(record);
    for (const app of this.#apps) record.waitFor(app.address);
  }

  addSettings(): void {
    if (this.#settings) return;
    this.#settings = new SettingsResource(this.#scope, this.#org, this.#provider);
    // An app may need what a setting allows, and Salesforce refuses it until then (D6).
    for (const app of this.#apps) app.waitFor(settingsOf(this.#org));
  }
}

const isUnknownAtSynth = (app: ManifestApp | undefined): boolean =>
  app?.components.some(({ late }) => late !== undefined) === true;

const settingsOf = (org: OrgState): string => `${SETTINGS}.${settingsAddress(org.options.name)}`;
