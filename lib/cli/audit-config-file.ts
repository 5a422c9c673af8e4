import { resolve } from 'node:path';

import { type AuditConfig, readAuditConfig } from '../policy/audit-config';
import { readText, usable } from './files';
import type { Io } from './io';

/** The configuration that --config names; undefined where it names none. @throws ClientAppsError */
export function loadAuditConfig(io: Io, file: string | undefined): AuditConfig | undefined {
  if (file === undefined) return undefined;
  return usable(readAuditConfig(readText(resolve(io.cwd, file), 'correct --config'), file));
}
