import type { Manifest } from '../../lib/metadata/manifest';
import { packageVersion } from '../../lib/package-version';
import { PROVIDER_SOURCE } from '../../lib/provider-layout';
import { applyAddress } from '../../lib/synth/addresses';
import type { OrgOptions } from '../../lib/synth/org-options';
import type { Cdk, TerraformProvider } from '../cdk';
import type { Construct } from '../tree';
import { type Attributes, perClass } from './late-resource';
import type { OrgState } from './org-state';
import { orgsOf } from './program';

type ProviderClass = new (scope: Construct, org: OrgState) => TerraformProvider;

/** This package's Terraform provider, configured for one org. Credentials come from the environment. */
export function salesforceProvider(scope: Construct, org: OrgState, { TerraformProvider }: Cdk): TerraformProvider {
  const SalesforceProvider = providerClass(TerraformProvider);
  return new SalesforceProvider(scope, org);
}

const providerClass = perClass(
  (Base: Cdk['TerraformProvider']): ProviderClass =>
    class extends Base {
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

      protected override synthesizeHclAttributes(): Attributes {
        return this.synthesizeAttributes();
      }

      protected override synthesizeAttributes(): Attributes {
        return this.#org.written(({ manifest, org }) =>
          manifest ? providerAttributes(this, manifest, org.options) : {},
        );
      }
    },
);

function providerAttributes(scope: Construct, { id, org, assumptions }: Manifest, { failOn }: OrgOptions): Attributes {
  const { name, org_id: orgId, api_version: apiVersion } = org;
  return {
    org: name,
    only_org: orgsOf(scope).length === 1,
    ...(orgId !== undefined && { org_id: orgId }),
    api_version: apiVersion,
    ...(assumptions.code_and_credentials_flow === true && { assumes_code_and_credentials_flow: true }),
    ...(failOn !== undefined && { fail_on: failOn }),
    managed_by: id,
  };
}
