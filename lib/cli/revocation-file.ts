import { readDocument } from '../metadata/json-document';
import { type Revocation, REVOCATION_FORMAT_VERSION } from '../operations/revocation';
import type { RevokePlan, RevokeRun } from '../operations/revoke-tokens';
import { jsonText } from '../values/ci-commands';
import { isClientAppsError } from '../values/diagnostic';
import { fileName, stampOf } from '../values/file-name';
import { shortId } from '../values/record-id';
import { usable, writeDurably } from './files';
import type { OrgFlags } from './flags';
import { type Io, isoNow } from './io';
import { memoryFile } from './project';
import { revocationSchema } from './revocation-schema';

/** The folder of these receipts. */
export const REVOCATIONS = 'revocations';

/** It says who uses an app: no one else's business on a shared machine. */
const OWNER_ONLY = 0o600;

const KIND = {
  what: 'the receipt of a revocation',
  code: 'receipt-unusable/revocation',
  version: REVOCATION_FORMAT_VERSION,
  schema: revocationSchema,
} as const;

/** @throws ClientAppsError where it is damaged. */
export const parseRevocation = (text: string, file: string): Revocation =>
  usable(readDocument<Revocation>(text, file, KIND));

/** @throws ClientAppsError */
export const saveRevocation = (file: string, revocation: Revocation): void =>
  writeDurably(file, jsonText(revocation), OWNER_ONLY);

/** Where one revocation is announced, and where its receipt is kept. */
export interface RevocationFile extends Required<Pick<RevokeRun, 'keep' | 'begun'>> {
  readonly path: string;
  /** False once something could not be written. */
  readonly kept: () => boolean;
}

/**
 * Named by org, app and time of nothing else: a second run on the same day keeps the first receipt.
 * @param inEmergency Tokens end also where that cannot be announced. Default: then none does.
 */
export function revocationFile(
  io: Io,
  flags: OrgFlags,
  { chosen, identity }: RevokePlan,
  { org, inEmergency = false }: { readonly org: string; readonly inEmergency?: boolean },
): RevocationFile {
  const begun = isoNow(io);
  const name = fileName(`${org}__${chosen.label}`).slice(0, 80);
  const path = memoryFile(io, flags, REVOCATIONS, `${name}__${shortId(identity.orgId)}__${stampOf(begun)}.json`);
  let kept = true;
  const keep = (revocation: Revocation): void => {
    try {
      saveRevocation(path, revocation);
    } catch (error) {
      if (!isClientAppsError(error) || (revocation.state === 'announced' && !inEmergency)) throw error;
      if (kept) {
        const why = error.diagnostics.map(({ problem }) => problem).join('; ');
        io.stderr.write(`warning: the tokens are revoked without a record on this machine: ${why}\n`);
      }
      kept = false;
    }
  };
  return { path, begun, keep, kept: () => kept };
}
