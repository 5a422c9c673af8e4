import { packageVersion } from '../lib/package-version';
import { TerraformProvider, type Construct } from './base';
import type { OrgState } from './org-state';
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
    // Also where there is one org: a second one would otherwise change the provider of every app of the first.
    this.alias = org.name;
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
      managed_by: manifest.id,
    };
  }
}
