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
  readonly #movedFromNull: boolean;

  /** @param movedFromNull The engine null drove the org so far: the resource that ran its applies is forgotten. */
  constructor(scope: Construct, org: OrgState, movedFromNull: boolean) {
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
    this.#movedFromNull = movedFromNull;
  }

  /** Also where there is one org: a second one would otherwise change the provider of every app of the first. */
  override get alias(): string {
    return this.#org.name;
  }

  override toTerraform(): object {
    const block = super.toTerraform() as object;
    if (!this.#movedFromNull) return block;
    const from = `null_resource.${applyAddress(this.#org.name)}`;
    return { ...block, removed: [{ from, lifecycle: { destroy: false } }] };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    if (this.#org.preparing) return {};
    const { manifest } = this.#org.evaluation();
    if (!manifest) return {};
    const { name, org_id: orgId, api_version: apiVersion } = manifest.org;
    return {
      org: name,
      only_org: orgsOf(this).length === 1,
      ...(orgId !== undefined && { org_id: orgId }),
      api_version: apiVersion,
      ...(manifest.assumptions.code_and_credentials_flow === true && { assumes_code_and_credentials_flow: true }),
      ...(this.#org.failOn !== undefined && { fail_on: this.#org.failOn }),
      managed_by: manifest.id,
    };
  }
}
