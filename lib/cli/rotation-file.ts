import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { type DocumentKind, readDocument } from '../metadata/json-document';
import { type AccessRecord, ROTATION_FORMAT_VERSION, type RotationRecord } from '../operations/rotation-record';
import { jsonText } from '../values/ci-commands';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { sameId, shortId } from '../values/record-id';
import { errnoOf, readTextIfThere, usable, writeDurably } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { memoryFile } from './project';
import { ACCESS, ROTATION } from './rotation-schema';

type Identified = 'format_version' | 'org' | 'org_id' | 'app';

/** What stands on disk about one thing. Reading fails where the file is damaged or about another org or app. */
interface Kept<T> {
  readonly path: string;
  readonly read: () => T | undefined;
  /** On the disk when it returns. @throws ClientAppsError where it cannot be. */
  readonly keep: (record: Omit<T, Identified>) => void;
  readonly remove: () => void;
}

export type RotationFile = Kept<RotationRecord>;

/** What this machine keeps of rotations in one org, in `.client-apps/rotations`. By the org's id, as names change. */
export interface RotationMemory {
  readonly lock: string;
  readonly of: (app: string) => RotationFile;
  /** @param app For which it is opened; not needed to read. */
  readonly access: (app?: string) => Kept<AccessRecord>;
  /** The records of all apps of the org. @throws ClientAppsError where one cannot be used. */
  readonly all: () => readonly RotationRecord[];
}

export function rotationMemory(io: Io, flags: OrgFlags, about: { org: string; orgId: string }): RotationMemory {
  const { org, orgId } = about;
  const id = shortId(orgId);
  const folder = memoryFile(io, flags, 'rotations');
  const kept = <T extends Pick<RotationRecord, Identified>>(
    name: string,
    kind: DocumentKind<T>,
    app: string,
    isItsOwn: (record: T) => boolean,
  ): Kept<T> => {
    const path = join(folder, name);
    return {
      path,
      read: () => readRecord(path, kind, (record) => sameId(record.org_id, orgId) && isItsOwn(record)),
      keep: (record) => {
        writeDurably(
          path,
          jsonText({ format_version: ROTATION_FORMAT_VERSION, org, org_id: orgId, app, ...record }),
          0o600,
        );
      },
      remove: () => rmSync(path, { force: true }),
    };
  };
  const of = (app: string): RotationFile => kept(nameOf(id, app), ROTATION, app, (record) => record.app === app);
  return {
    lock: join(folder, `${id}.lock`),
    of,
    access: (app = '') => kept(`${id}.access.json`, ACCESS, app, () => true),
    all: () => appsIn(folder, id).flatMap((app) => of(app).read() ?? []),
  };
}

const nameOf = (id: string, app: string): string => `${id}__${encodeURIComponent(app)}.json`;

/** Apps of which there is a record. */
function appsIn(folder: string, id: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${id}__`) && name.endsWith('.json'))
      .sort()
      .map((name) => decoded(basename(name, '.json').slice(id.length + 2)));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A file that someone named by hand is about no app, which its content then shows. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readRecord<T extends Pick<RotationRecord, Identified>>(
  path: string,
  kind: DocumentKind<T>,
  isItsOwn: (record: T) => boolean,
): T | undefined {
  const text = readTextIfThere(path);
  if (text === undefined) return undefined;
  const record = usable(readDocument<T>(text, path, kind));
  if (isItsOwn(record)) return record;
  const facts = { app: record.app, org: record.org_id };
  throw new ClientAppsError('INVALID_INPUT', [diagnose('rotation-of-another', { path }, facts)]);
}
