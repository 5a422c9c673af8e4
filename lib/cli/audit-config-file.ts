import { resolve } from 'node:path';

import { type AuditConfig, readAuditConfig } from '../policy/audit-config';
import { ClientAppsError } from '../values/diagnostic';
import { readText } from './files';
import type { Io } from './io';

/** The configuration that --config names; undefined where it names none. @throws ClientAppsError */
export function loadAuditConfig(io: Io, file: string | undefined): AuditConfig | undefined {
  if (file === undefined) return undefined;
  const read = readAuditConfig(readText(resolve(io.cwd, file), 'correct --config'), file);
  if (read.ok) return read.value;
  throw new ClientAppsError('INVALID_INPUT', read.error);
}
