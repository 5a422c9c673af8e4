import { z } from 'zod';

import { EXTERNAL_CLIENT_APP_TYPES } from '../metadata/fields';
import type { Door } from './door';
import { OrgError } from './org-error';

const Described = z.object({ metadataObjects: z.array(z.object({ xmlName: z.string().min(1) })).min(1) });

/**
 * Names of the metadata types that the org offers at a version.
 * @throws OrgError `answer` for an empty list, or one without External Client Apps: an org whose types cannot be seen
 * would look like an org without apps.
 */
export async function describeTypes(
  door: Door,
  apiVersion: number,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const what = `list the metadata types of API version ${apiVersion}`;
  const answer: unknown = await door.call({ what, apiVersion, signal, mode: 'read', protocol: 'soap' }, (api) =>
    api.metadata.describe(),
  );
  const described = Described.safeParse(answer);
  if (!described.success) {
    throw new OrgError('answer', `Could not ${what}: the answer names no types`, 'check the instance URL');
  }
  const names = new Set(described.data.metadataObjects.map((type) => type.xmlName));
  const missing = EXTERNAL_CLIENT_APP_TYPES.filter((type) => type.since <= apiVersion && !names.has(type.name));
  if (missing.length > 0) {
    throw new OrgError(
      'answer',
      `The org does not offer ${missing.map((type) => type.name).join(', ')} at API version ${apiVersion}`,
      'opt in to External Client Apps in Setup (External Client App Settings), and let the user see metadata',
      { errorCode: 'TYPES_MISSING' },
    );
  }
  return names;
}
