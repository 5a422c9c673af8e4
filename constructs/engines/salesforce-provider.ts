import { packageVersion } from '../../lib/package-version';
import { TerraformProvider, type Construct } from '../base';
import type { OrgState } from './org-state';
import { applyAddress } from '../../lib/synth/addresses';
import { orgsOf } from './program';

/** Host, namespace and type. Nobody can register the host (RFC 6761), so the provider comes from this package only. */
export const PROVIDER_SOURCE = 'client-apps.invalid/cdktf-salesforce-client-apps/salesforce';

/** This package's Terraform provider, configured for one org. Credentials come from the environment. */
export class SalesforceProvider extends TerraformProvider {
  readonly #org: OrgState;

  constructor(scope: Construct, org: OrgState) {
    const providerVersion = packageVersion();
    super(scope, 'salesforce-provider', {
      terraformResourceType: 'salesforce',
      terraformProviderSource: PROVIDER_SOURCE,
      terraformGeneratorMetadata: {
        providerName: 'salesforce',
        providerVersion,
        providerVersionConstraint: providerVersion,
      },
    });
    this.#org = org;
  }

  /** Also where there is one org: a second one would otherwise change the provider of every app of the first. */
  override get alias(): string {
    return this.#org.options.name;
  }

  override toTerraform(): object {
    const block = super.toTerraform() as object;
    const { name, movedFromNull } = this.#org.options;
    if (!movedFromNull) return block;
    // The resource that ran the applies of the engine null is forgotten.
    const from = `null_resource.${applyAddress(name)}`;
    return { ...block, removed: [{ from, lifecycle: { destroy: false } }] };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#org.written(({ manifest, org }) => {
      if (!manifest) return {};
      const { name, org_id: orgId, api_version: apiVersion } = manifest.org;
      const { failOn } = org.options;
      return {
        org: name,
        only_org: orgsOf(this).length === 1,
        ...(orgId !== undefined && { org_id: orgId }),
        api_version: apiVersion,
        ...(manifest.assumptions.code_and_credentials_flow === true && { assumes_code_and_credentials_flow: true }),
        ...(failOn !== undefined && { fail_on: failOn }),
        managed_by: manifest.id,
      };
    });
  }
}
