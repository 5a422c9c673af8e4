import { applyDigest } from '../../lib/metadata/apply-digest';
import { attributeGroups, componentAttributeName } from '../../lib/metadata/attribute-names';
import type { FieldValue } from '../../lib/metadata/component';
import { canonicalJson, digest } from '../../lib/metadata/digest';
import { COMPONENT_TYPES } from '../../lib/metadata/fields';
import type { Manifest, ManifestApp, ManifestComponent } from '../../lib/metadata/manifest';
import { fieldsOf } from '../../lib/options/settings';
import { appAddress, applyAddress } from '../../lib/synth/addresses';
import type { OrgOptions } from '../../lib/synth/org-options';
import type { Synthesis } from '../../lib/synth/synthesize';
import { snakeCase } from '../../lib/values/snake-case';
import type { Cdk, TerraformMetaArguments, TerraformResource, TerraformStack } from '../cdk';
import type { Construct } from '../tree';
import { addDriftCheck, reapplyTrigger } from './drift-check';
import type { AppIdentity, EngineResources } from './engine-resources';
import { lateResource, type Writes } from './late-resource';
import { type NullClasses, nullClasses } from './null-base';
import type { OrgState } from './org-state';
import { requireValidProgram } from './program';

type Triggers = Readonly<Record<string, string>>;

/** What a null_resource writes. Judging comes first: no triggers of an invalid program. */
const triggered = (org: OrgState, triggersOf: (synthesis: Synthesis) => Triggers): Writes => ({
  attributes: () => org.written((synthesis) => ({ triggers: triggersOf(synthesis) })),
  hclAttributes: () => ({
    triggers: { value: triggersOf(org.synthesis()), isBlock: false, type: 'map', storageClassType: 'stringMap' },
  }),
});

/** Whatever is replaced, is there before what it replaces goes. */
const LIFECYCLE = { lifecycle: { createBeforeDestroy: true } } as const;

/**
 * The resources of one org: one for each app, which shows it in the plan, field by field, and runs nothing; and one that
 * applies all of them in one deploy, by the command line. Terraform learns nothing back from the org, and its settings
 * and records are part of the apply.
 */
export class NullEngine implements EngineResources {
  readonly #apply: TerraformResource;
  readonly #org: OrgState;
  readonly #classes: NullClasses;

  constructor(scope: Construct, org: OrgState, cdk: Cdk) {
    this.#org = org;
    this.#classes = nullClasses(cdk, scope.node.path);
    this.#apply = this.#resource(scope, 'client-apps-apply', applyAddress(org.options.name), {
      config: { ...LIFECYCLE, provisioners: [{ type: 'local-exec', command: applyCommand(org.options) }] },
      triggersOf: ({ manifest }) => {
        requireValidProgram(this.#apply);
        return manifest ? applyTriggers(org.options, manifest) : {};
      },
    });
    addDriftCheck(cdk.TerraformStack.of(scope), org.options.name);
    cdk.Aspects.of(scope).add({
      visit: (node) => node === scope && addProvider(cdk.TerraformStack.of(scope), this.#classes),
    });
  }

  addApp(scope: Construct, { apiName }: AppIdentity): undefined {
    const { path } = scope.node;
    const address = appAddress(this.#org.options.name, apiName);
    const app = this.#resource(scope, 'app', address, {
      config: LIFECYCLE,
      triggersOf: ({ org, manifestApps }) => {
        const declared = manifestApps.get(path);
        if (!declared) requireValidProgram(app);
        return declared ? appTriggers(org.options.name, declared) : {};
      },
    });
    (this.#apply.dependsOn ??= []).push(`null_resource.${address}`);
  }

  addRecord(): void {
    // Applied with the apps.
  }

  addSettings(): void {
    // Applied with the apps.
  }

  #resource(
    scope: Construct,
    id: string,
    address: string,
    { config, triggersOf }: { config: TerraformMetaArguments; triggersOf: (synthesis: Synthesis) => Triggers },
  ): TerraformResource {
    const Resource = lateResource(this.#classes.NullResource);
    const resource = new Resource(scope, id, config, triggered(this.#org, triggersOf));
    resource.overrideLogicalId(address);
    return resource;
  }
}

const appTriggers = (org: string, app: ManifestApp): Triggers => ({
  org,
  api_name: app.api_name,
  kind: app.kind,
  ...fieldTriggers(app.components),
});

const applyTriggers = ({ name, reapplyOnDrift }: OrgOptions, manifest: Manifest): Triggers => ({
  org: name,
  digest: applyDigest(manifest),
  ...fieldTriggers(manifest.settings),
  ...recordTriggers(manifest.records ?? []),
  ...(reapplyOnDrift && { drift_to_undo: reapplyTrigger(name) }),
});

/** The stack's own null provider is used if there is one: a second one would be a duplicate to Terraform. */
function addProvider(stack: TerraformStack, { NullProvider }: NullClasses): void {
  if (stack.allProviders().some(({ terraformResourceType }) => terraformResourceType === 'null')) return;
  new NullProvider(stack, 'client-apps-null-provider');
}

/** Relative to the folder of the stack, where Terraform runs, so that a copied `cdktf.out` works. */
function applyCommand({ name, failOn, reapplyOnDrift }: OrgOptions): string {
  const command = `npx --no-install client-apps apply --manifest client-apps/${name}/manifest.json --from-terraform`;
  return [command, ...(reapplyOnDrift ? ['--reapply-on-drift'] : []), ...(failOn ? [`--fail-on ${failOn}`] : [])].join(
    ' ',
  );
}

/**
 * Fields as flat text, those without a value left out. Of a certificate only a digest: that of the consumer's stands in
 * the header.
 */
function fieldTriggers(components: readonly ManifestComponent[]): Triggers {
  const triggers: Record<string, string> = {};
  for (const { type, fields } of components) {
    for (const [name, { value }] of Object.entries(fields)) {
      const text = OWN_DIGEST.has(name) ? '' : name === 'clientAssertionCertificate' ? digest(value) : flat(value);
      if (text !== '') triggers[KEYS.get(`${type}.${name}`) ?? pathOf(type, name)] = text;
    }
  }
  return triggers;
}

/** Records of which there are several, each under its name: `scope.orders_read.description`. */
const recordTriggers = (records: readonly ManifestComponent[]): Triggers =>
  Object.fromEntries(
    records.flatMap((record) =>
      Object.entries(fieldTriggers([record])).map(([key, text]) => {
        const [prefix = '', field = ''] = key.split('.');
        return [`${prefix}.${record.name}.${field}`, text];
      }),
    ),
  );

/** Certificates whose fingerprint is a field as well. */
const OWN_DIGEST = fieldsOf('certificate');

/** The paths of the provider's attributes, by type and field: both engines name a change alike. */
const KEYS: ReadonlyMap<string, string> = new Map(
  COMPONENT_TYPES.flatMap((type) => [
    ...type.fields.map(({ name }) => [`${type.name}.${name}`, pathOf(type.name, name)] as const),
    ...attributeGroups(type).flatMap((group) =>
      group.fields.map(({ name, field }) => [`${type.name}.${field.name}`, `${group.name}.${name}`] as const),
    ),
  ]),
);

/** Of a field that is no attribute of its component: certificates. */
function pathOf(type: string, field: string): string {
  return `${componentAttributeName(type)}.${snakeCase(field)}`;
}

/** Text as it is, lists separated by commas, records as JSON; `${` and `%{` would be read by Terraform. */
function flat(value: FieldValue): string {
  const text =
    typeof value === 'string'
      ? value
      : isTexts(value)
        ? value.join(', ')
        : typeof value === 'object'
          ? canonicalJson(value)
          : String(value);
  return text.replace(/[$%]\{/g, (opening) => `${opening.slice(0, 1)}${opening}`);
}

const isTexts = (value: FieldValue): value is readonly string[] =>
  Array.isArray(value) && value.every((element) => typeof element === 'string');
