import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { ClientAppsError } from '../values/diagnostic';
import { misused } from './misused';
import { type OrgState, PROFILES } from './state';

/** The state in the file; undefined when there is no such file. A file that cannot be used is an error and stays as it is. */
export function loadState(path: string): OrgState | undefined {
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw unusable(path, `it cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const problem = problemOf(content);
  if (problem !== undefined) throw unusable(path, problem);
  return content as OrgState;
}

function problemOf(content: unknown): string | undefined {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return 'it holds no JSON object';
  const state = content as Partial<Record<keyof OrgState, unknown>>;
  if (state.format_version !== 1) return `its format_version is ${JSON.stringify(state.format_version)}, not 1`;
  if (typeof state.orgId !== 'string' || !/^00D[A-Za-z0-9]{15}$/.test(state.orgId)) return 'it has no valid orgId';
  if (typeof state.accessToken !== 'string' || !state.accessToken.startsWith(`${state.orgId}!`)) {
    return 'it has no access token of its org';
  }
  if (!PROFILES.some((profile) => profile === state.profile)) return 'it has no known profile';
  if (typeof state.nextId !== 'number' || !Number.isInteger(state.nextId)) return 'it has no nextId';
  if (!Array.isArray(state.users) || !Array.isArray(state.profiles)) return 'it has no users or profiles';
  for (const name of ['components', 'deployUser'] as const) {
    if (typeof state[name] !== 'object' || state[name] === null) return `it has no ${name}`;
  }
  return undefined;
}

const unusable = (path: string, problem: string): ClientAppsError =>
  misused(
    path,
    [`The emulator’s state file cannot be used: ${problem}.`],
    'Repair or delete the file, or name another one. It was left as it is.',
    'emulator-state-unusable',
  );

/** Writes the state so that a reader sees the old file or the new one, never half of one. */
export function saveState(path: string, state: OrgState): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}
