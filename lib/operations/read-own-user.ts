import { liveApp } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import { API_ACCESS_CONTROL } from '../plan/guards/api-access';
import { isOwnApp } from '../plan/own-login';
import type { OrgReading } from './read-org';

/** True where something of the manifest may decide about the login of this connection. */
export const concernsSelf = ({ apps, settings }: Manifest, { observed, identity }: OrgReading): boolean =>
  settings.some(({ fields }) => fields[API_ACCESS_CONTROL]?.value === true) ||
  apps.some((app) => isOwnApp(liveApp(observed, app), identity));

/** The reading with what decides whether apps let the connected user in. What the org refuses to tell stays unknown. */
export async function withOwnUser(org: Org, reading: OrgReading, signal?: AbortSignal): Promise<OrgReading> {
  if (reading.facts.ownUser) return reading;
  const ownUser = await org.ownUser(signal ? { signal } : {}).catch((error: unknown) => {
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
    return { unread: [`the connected user: ${error.message}`] };
  });
  return { ...reading, facts: { ...reading.facts, ownUser } };
}
