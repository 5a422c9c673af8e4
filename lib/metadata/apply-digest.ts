import { digest } from './digest';
import type { Manifest } from './manifest';

/** Over what an apply acts on: neither where the code stands nor when it was written changes anything in the org. */
export function applyDigest({ org, assumptions, settings, records, apps }: Manifest): string {
  const { api_version, org_id } = org;
  return digest({
    api_version,
    ...(org_id !== undefined && { org_id }),
    assumptions,
    settings,
    ...(records && { records: records.map(({ type, name, fields }) => ({ type, name, fields })) }),
    apps: apps.map(({ api_name, adopt, digest }) => ({ api_name, adopt, digest })),
  });
}
