import type { RevokePlan } from '../operations/revoke-tokens';
import { fileName, stampOf } from '../values/file-name';
import { shortId } from '../values/record-id';
import type { OrgFlags } from './flags';
import { type Io, isoNow } from './io';
import { memoryFile } from './project';

/** Named by org, app and time of nothing else: a second run on the same day keeps the first receipt. */
export function revocationFile(io: Io, flags: OrgFlags, { chosen, identity }: RevokePlan, org: string): string {
  const name = fileName(`${org}__${chosen.label}`).slice(0, 80);
  return memoryFile(io, flags, 'revocations', `${name}__${shortId(identity.orgId)}__${stampOf(isoNow(io))}.json`);
}
