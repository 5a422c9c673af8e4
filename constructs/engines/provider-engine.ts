import type { Platform } from '../../lib/declaration/client-app';
import { recordResource } from '../../lib/metadata/attribute-names';
import type { ManifestApp } from '../../lib/metadata/manifest';
import { appAddress, settingsAddress } from '../../lib/synth/addresses';
import type { Cdk, TerraformProvider, TerraformResource } from '../cdk';
import type { Construct } from '../tree';
import type { AppIdentity, EngineResources, Outputs, RecordIdentity } from './engine-resources';
import { lateResource, type ResourceConfig, type Writes } from './late-resource';
import type { OrgState } from './org-state';
import { requireValidProgram } from './program';
import { appAttributes, recordAttributes, settingsAttributes } from './provider-attributes';
import { salesforceProvider } from './salesforce-provider';

const APP: Readonly<Record<Platform, string>> = {
  'external-client-app': 'salesforce_external_client_app',
  'connected-app': 'salesforce_connected_app',
};
const SETTINGS = 'salesforce_oauth_settings';

/** Makes the resources of one org. */
class Resources {
  readonly #org: OrgState;
  readonly #cdk: Cdk;
  readonly #provider: TerraformProvider;

  constructor(scope: Construct, org: OrgState, cdk: Cdk) {
    this.#org = org;
    this.#cdk = cdk;
    this.#provider = salesforceProvider(scope, org, cdk);
  }

  app(scope: Construct, { apiName, platform }: AppIdentity): TerraformResource {
    const { path } = scope.node;
    const { name } = this.#org.options;
    const address = appAddress(name, apiName);
    const to = `${APP[platform]}.${address}`;
    return this.#add(scope, 'app', address, APP[platform], {
      attributes: () =>
        this.#org.written(
          ({ apps, manifest, manifestApps }) => {
            const app = apps.get(path);
            // Judging comes first: no attributes of an invalid program.
            if (!app || !manifest) {
              requireValidProgram(scope);
              return {};
            }
            const exceptions = manifestApps.get(path)?.exceptions ?? [];
            return {
              ...appAttributes(app, { manifestId: manifest.id, apiVersion: manifest.org.api_version, exceptions }),
            };
          },
          ({ manifestApps }) => isUnknownAtSynth(manifestApps.get(path)),
        ),
      // By them the app comes into the state without a create.
      blocks: () => ({
        ...(this.#org.options.movedFromNull && { moved: [{ from: `null_resource.${address}`, to }] }),
        ...(this.#org.synthesis().apps.get(path)?.adopt === true && {
          import: [{ to, id: apiName, provider: this.#provider.fqn }],
        }),
      }),
    });
  }

  record(scope: Construct, { kind, apiName }: RecordIdentity): TerraformResource {
    const { path } = scope.node;
    const address = appAddress(this.#org.options.name, apiName);
    return this.#add(scope, 'record', address, recordResource(kind.type), {
      attributes: () =>
        this.#org.written(
          ({ records }) => {
            const record = records.get(path);
            if (!record) requireValidProgram(scope);
            return record ? { ...recordAttributes(record) } : {};
          },
          () => true,
        ),
    });
  }

  settings(scope: Construct): TerraformResource {
    return this.#add(scope, 'oauth-settings', settingsAddress(this.#org.options.name), SETTINGS, {
      attributes: () => this.#org.written(({ settings }) => ({ ...settingsAttributes(settings) })),
    });
  }

  #add(scope: Construct, id: string, address: string, type: string, writes: Writes): TerraformResource {
    const Resource = lateResource<ResourceConfig>(this.#cdk.TerraformResource);
    const resource = new Resource(
      scope,
      id,
      {
        terraformResourceType: type,
        terraformGeneratorMetadata: { providerName: 'salesforce' },
        provider: this.#provider,
      },
      writes,
    );
    resource.overrideLogicalId(address);
    return resource;
  }
}

/** The resources of one org, driven by this package's own provider: one for each app, one for the settings. */
export class ProviderEngine implements EngineResources {
  readonly #scope: Construct;
  readonly #resources: Resources;
  readonly #apps: TerraformResource[] = [];
  readonly #needed: TerraformResource[] = [];
  readonly #following: TerraformResource[] = [];
  #settings: TerraformResource | undefined;

  constructor(scope: Construct, org: OrgState, cdk: Cdk) {
    this.#scope = scope;
    this.#resources = new Resources(scope, org, cdk);
  }

  addApp(scope: Construct, added: AppIdentity): Outputs {
    const app = this.#resources.app(scope, added);
    this.#apps.push(app);
    if (this.#settings) waitFor(app, this.#settings);
    for (const record of this.#needed) waitFor(app, record);
    for (const record of this.#following) waitFor(record, app);
    return {
      get consumerKey() {
        return app.getStringAttribute('consumer_key');
      },
      get applicationId() {
        return app.getStringAttribute('application_id');
      },
    };
  }

  /** An app may name a scope, and a handler names apps. */
  addRecord(scope: Construct, added: RecordIdentity): void {
    const record = this.#resources.record(scope, added);
    if (added.kind.phase === 'enable') {
      this.#needed.push(record);
      for (const app of this.#apps) waitFor(app, record);
      return;
    }
    this.#following.push(record);
    for (const app of this.#apps) waitFor(record, app);
  }

  addSettings(): void {
    if (this.#settings) return;
    this.#settings = this.#resources.settings(this.#scope);
    // An app may need what a setting allows, and Salesforce refuses it until then (D6).
    for (const app of this.#apps) waitFor(app, this.#settings);
  }
}

function waitFor(resource: TerraformResource, { terraformResourceType, friendlyUniqueId }: TerraformResource): void {
  (resource.dependsOn ??= []).push(`${terraformResourceType}.${friendlyUniqueId}`);
}

const isUnknownAtSynth = (app: ManifestApp | undefined): boolean =>
  app?.components.some(({ late }) => late !== undefined) === true;
