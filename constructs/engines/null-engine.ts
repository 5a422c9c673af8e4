import { applyDigest } from '../../lib/metadata/apply-digest';
import { attributeGroups, componentAttributeName, snakeCase } from '../../lib/metadata/attribute-names';
import type { FieldValue } from '../../lib/metadata/component';
import { canonicalJson, digest } from '../../lib/metadata/digest';
import { COMPONENT_TYPES } from '../../lib/metadata/fields';
import type { ManifestComponent } from '../../lib/metadata/manifest';
import { Aspects, TerraformStack, type Construct, type IConstruct } from '../base';
import { addDriftCheck, reapplyTrigger } from './drift-check';
import { NullProvider, NullResource } from './null-base';
import type { OrgState } from './org-state';
import { appAddress, applyAddress } from '../../lib/synth/addresses';
import { requireValidProgram } from './program';
import type { AppIdentity, EngineResources } from './engine-resources';
import type { OrgOptions } from '../../lib/synth/org-options';
import type { Synthesis } from '../../lib/synth/synthesize';

type Triggers = Readonly<Record<string, string>>;

/** A null_resource whose triggers are known at synth only. Judging comes first: no triggers of an invalid program. */
abstract class TriggeredResource extends NullResource {
  protected abstract readonly org: OrgState;
  protected abstract triggersOf(synthesis: Synthesis): Triggers;

  protected override synthesizeAttributes(): Record<string, unknown> {
    const triggers = this.org.written((synthesis) => this.triggersOf(synthesis));
    return { ...super.synthesizeAttributes(), triggers };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    this.triggers = this.triggersOf(this.org.synthesis());
    return super.synthesizeHclAttributes();
  }
}

/** Shows one app in the Terraform plan, field by field. It runs nothing. */
class AppResource extends TriggeredResource {
  protected override readonly org: OrgState;
  readonly #path: string;

  constructor(scope: Construct, org: OrgState, apiName: string) {
    super(scope, 'app', { lifecycle: { createBeforeDestroy: true } });
    this.org = org;
    this.#path = scope.node.path;
    this.overrideLogicalId(appAddress(org.options.name, apiName));
  }

  protected override triggersOf({ org, manifestApps }: Synthesis): Triggers {
    const app = manifestApps.get(this.#path);
    if (!app) requireValidProgram(this);
    return app
      ? { org: org.options.name, api_name: app.api_name, kind: app.kind, ...fieldTriggers(app.components) }
      : {};
  }
}

/** Applies all apps of an org, in one deploy, through the command line tool. */
class ApplyResource extends TriggeredResource {
  protected override readonly org: OrgState;

  constructor(scope: Construct, org: OrgState) {
    super(scope, 'client-apps-apply', {
      lifecycle: { createBeforeDestroy: true },
      provisioners: [{ type: 'local-exec', command: applyCommand(org.options) }],
    });
    this.org = org;
    this.overrideLogicalId(applyAddress(org.options.name));
  }

  waitFor(address: string): void {
    (this.dependsOn ??= []).push(`null_resource.${address}`);
  }

  protected override triggersOf({ org, manifest }: Synthesis): Triggers {
    requireValidProgram(this);
    if (!manifest) return {};
    const { name, reapplyOnDrift } = org.options;
    return {
      org: name,
      digest: applyDigest(manifest),
      ...fieldTriggers(manifest.settings),
      ...recordTriggers(manifest.records ?? []),
      ...(reapplyOnDrift && { drift_to_undo: reapplyTrigger(name) }),
    };
  }
}

/** The resources of one org: Terraform learns nothing back from it, and its settings and records are part of the apply. */
export class NullEngine implements EngineResources {
  readonly #apply: ApplyResource;
  readonly #org: OrgState;

  constructor(scope: Construct, org: OrgState) {
    this.#org = org;
    this.#apply = new ApplyResource(scope, org);
    addDriftCheck(scope, org.options.name);
    Aspects.of(scope).add({ visit: (node) => node === scope && addProvider(node) });
  }

  addApp(scope: Construct, { apiName }: AppIdentity): undefined {
    new AppResource(scope, this.#org, apiName);
    this.#apply.waitFor(appAddress(this.#org.options.name, apiName));
  }

  addRecord(): void {
    // Applied with the apps.
  }

  addSettings(): void {
    // Applied with the apps.
  }
}

/** The stack's own null provider is used if there is one: a second one would be a duplicate to Terraform. */
function addProvider(org: IConstruct): void {
  const stack = TerraformStack.of(org);
  const isNull = (node: IConstruct) => 'terraformResourceType' in node && node.terraformResourceType === 'null';
  if (!stack.allProviders().some(isNull)) new NullProvider(stack, 'client-apps-null-provider');
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
const OWN_DIGEST: ReadonlySet<string> = new Set(['certificate', 'oauthConfig.certificate']);

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
