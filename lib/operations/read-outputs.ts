import { liveApp, liveList, liveText } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import { readOrg } from './read-org';
import { type OrgOutputs, RECEIPT_FORMAT_VERSION } from './types';

/**
 * Consumer keys and other public facts of the declared apps, read from the org.
 * @throws OrgError; ClientAppsError (REFUSED) for the wrong org.
 */
export async function readOutputs(input: {
  readonly org: Org;
  readonly manifest: Manifest;
  readonly signal?: AbortSignal;
}): Promise<OrgOutputs> {
  const { org, manifest, signal } = input;
  const { identity, observed } = await readOrg(org, manifest, signal ? { signal } : {});
  return {
    format_version: RECEIPT_FORMAT_VERSION,
    org: manifest.org.name,
    org_id: identity.orgId,
    instance_url: identity.instanceUrl,
    apps: manifest.apps.map((app) => {
      const live = liveApp(observed, app);
      const consumerKey = liveText(live, 'consumerKey');
      return {
        api_name: app.api_name,
        label: app.label,
        kind: app.kind,
        exists: live?.condition === 'present',
        ...(consumerKey !== undefined && { consumer_key: consumerKey }),
        callback_urls: liveList(live, 'callbackUrls'),
        scopes: liveList(live, 'scopes'),
      };
    }),
  };
}
