import { resolve } from 'node:path';

import { readAuditConfig } from '../policy/audit-config';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { isIsoDate } from '../values/iso-date';
import type { KnownApp } from '../values/known-app';
import { invalidInput, readText } from './files';
import type { Io } from './io';

/** How far back logins are counted where nothing else is asked. */
export const DEFAULT_DAYS = 90;
const DAY_MS = 86_400_000;

/** `90d`, or a date: the time from which on something counts. @throws ClientAppsError */
export function timeSince(option: string, text: string, today: string): string {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(Date.parse(`${today}T00:00:00Z`) - Number(days) * DAY_MS).toISOString();
  if (isIsoDate(text)) return `${text}T00:00:00.000Z`;
  throw invalidInput(diagnose('time-unusable', { path: option, value: text }, { option }));
}

/** The allow-list of an audit configuration. */
export function knownApps(io: Io, file: string | undefined): readonly KnownApp[] {
  if (file === undefined) return [];
  const read = readAuditConfig(readText(resolve(io.cwd, file), 'correct --config'), file);
  if (!read.ok) throw new ClientAppsError('INVALID_INPUT', read.error);
  return read.value.known;
}
