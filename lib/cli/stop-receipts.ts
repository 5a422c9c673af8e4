import { renameSync } from 'node:fs';
import { join } from 'node:path';

import type { Platform } from '../declaration/client-app';
import { readDocument } from '../metadata/json-document';
import type { StopInput } from '../operations/stop-app';
import { settled, STOP_FORMAT_VERSION, type StopChange, type StopReceipt } from '../operations/stop-receipt';
import type { OrgIdentity } from '../org/org';
import { jsonText } from '../values/ci-commands';
import { isClientAppsError } from '../values/diagnostic';
import { shortId } from '../values/record-id';
import { readText, readTextIfThere, usable, writeDurably } from './files';
import type { OrgFlags } from './flags';
import { type Io, isoNow } from './io';
import { memoryFile } from './project';
import { stopReceiptSchema } from './stop-receipt-schema';

const KIND = {
  what: 'the receipt of a stop',
  code: 'receipt-unusable/stop',
  version: STOP_FORMAT_VERSION,
  schema: stopReceiptSchema,
} as const;

/** The folder of these receipts. */
export const STOPS = 'stops';

/** It says who may use an app: no one else's business on a shared machine. */
const OWNER_ONLY = 0o600;

/** What the stops of one org changed, one file for each app. */
export interface StopReceipts {
  readonly read: (app: string, platform: Platform) => StopReceipt | undefined;
  readonly keep: (change: StopChange) => void;
  /** Of an app of that name, on either platform: what can be undone, and what was. */
  readonly open: (app: string) => readonly StopReceipt[];
  readonly undone: (app: string) => readonly StopReceipt[];
  readonly textOf: (change: StopChange) => string;
  readonly fileOf: (change: Pick<StopChange, 'app' | 'platform'>) => string;
}

/** By the org's id, as an org may go by another name, or by none, in the next run. */
export function stopReceipts(
  io: Io,
  flags: OrgFlags,
  org: string,
  { orgId }: Pick<OrgIdentity, 'orgId'>,
): StopReceipts {
  const folder = memoryFile(io, flags, STOPS);
  const nameOf = ({ app, platform }: Pick<StopChange, 'app' | 'platform'>): string =>
    `${shortId(orgId)}__${platform}__${encodeURIComponent(app)}.json`;
  const fileOf = (change: Pick<StopChange, 'app' | 'platform'>): string => join(folder, nameOf(change));
  const read = (app: string, platform: Platform): StopReceipt | undefined => {
    const file = fileOf({ app, platform });
    const text = readTextIfThere(file);
    return text === undefined ? undefined : parsed(text, file);
  };
  const all = (app: string): readonly StopReceipt[] =>
    (['external-client-app', 'connected-app'] as const).flatMap((platform) => read(app, platform) ?? []);
  const textOf = (change: StopChange): string => {
    const { under_way: underWay } = change;
    const receipt: StopReceipt = {
      ...{ format_version: STOP_FORMAT_VERSION, org, org_id: orgId, ...settled(change) },
      ...(underWay && { under_way: underWay }),
    };
    return jsonText(receipt);
  };
  return {
    read,
    fileOf,
    textOf,
    keep: (change) => writeDurably(fileOf(change), textOf(change), OWNER_ONLY),
    open: (app) => all(app).filter(({ state }) => state !== 'started'),
    undone: (app) => all(app).filter(({ state }) => state === 'started'),
  };
}

/** @throws ClientAppsError where there is none, or it is damaged. */
export const readStopReceipt = (file: string): StopReceipt => parsed(readText(file, 'file-missing/stop'), file);

const parsed = (text: string, file: string): StopReceipt => usable(readDocument<StopReceipt>(text, file, KIND));

/**
 * For a stop, which waits for no disk: a receipt that cannot be kept is printed instead, and one that cannot be read is
 * put aside.
 */
export function inEmergency(
  io: Io,
  receipts: StopReceipts,
): Required<Pick<StopInput, 'earlier' | 'keep' | 'begun'>> & { readonly kept: () => boolean } {
  const said = new Set<string>();
  /** Once each: a receipt is kept up to five times. */
  const once = (key: string, text: string): void => {
    if (!said.has(key)) io.stderr.write(text);
    said.add(key);
  };
  return {
    begun: isoNow(io),
    kept: () => said.size === 0,
    earlier: (app, platform) => {
      try {
        return receipts.read(app, platform);
      } catch (error) {
        if (!isClientAppsError(error)) throw error;
        const file = receipts.fileOf({ app, platform });
        io.stderr.write(`warning: ${file} cannot be used${putAside(file) ? `, and is kept as ${file}.damaged` : ''}\n`);
        return undefined;
      }
    },
    keep: (change) => {
      try {
        receipts.keep(change);
      } catch (error) {
        if (!isClientAppsError(error)) throw error;
        const why = error.diagnostics.map(({ problem }) => problem).join('; ');
        const { under_way: underWay } = change;
        once(
          receipts.fileOf(change),
          `warning: the stop continues without a record on this machine: ${why}\n` +
            `warning: keep this; start --from FILE accepts it:\n${receipts.textOf(settled(change))}`,
        );
        if (underWay?.deploy !== undefined) {
          const { deploy } = underWay;
          once(deploy, `warning: in progress in the org as ${deploy}: Setup > Deployment Status shows how it ended\n`);
        }
      }
    },
  };
}

function putAside(file: string): boolean {
  try {
    renameSync(file, `${file}.damaged`);
    return true;
  } catch {
    // Nor can it be written over then; the new receipt is printed.
    return false;
  }
}
