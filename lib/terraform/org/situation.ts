import { digest } from '../../metadata/digest';
import { type Manifest, MANIFEST_FORMAT_VERSION, type ManifestApp } from '../../metadata/manifest';
import type { OrgReading } from '../../operations/read-org';
import { type Consents, NO_CONSENTS } from '../../plan/plan';
import type { Situation } from '../../plan/situation';
import type { ProviderConfig } from './provider-config';

/** The desired state of some apps, in the form that planning works with. */
export function manifestOf(config: ProviderConfig, apps: readonly ManifestApp[]): Manifest {
  const body = {
    format_version: MANIFEST_FORMAT_VERSION,
    id: config.managedBy,
    org: {
      name: config.org,
      path: 'provider salesforce',
      ...(config.orgId !== undefined && { org_id: config.orgId }),
      api_version: config.apiVersion,
      engine: 'provider',
    },
    assumptions: {},
    settings: [],
    apps,
  } as const;
  return { ...body, digest: digest(apps.map((app) => app.digest)) };
}

/** Terraform's state says which apps are already ours: those are never taken for someone else's. */
export function situationOf(
  manifest: Manifest,
  reading: OrgReading,
  today: string,
  consents: Partial<Consents>,
): Situation {
  return {
    ...reading,
    manifest,
    consents: { ...NO_CONSENTS, ...consents },
    today,
    lastReceipt: { apps: new Map() },
  };
}
