import { OAUTH_RECORD_TYPES } from './fields';
import type { ComponentType } from './fields/field';
import { observeComponent } from './observe-component';
import type { ObservedComponent, ObservedRecords } from './observed';
import type { Files } from './package/zip';

interface Reading {
  readonly files: Files;
  readonly problems: readonly { readonly problem: string }[];
  readonly types: ReadonlySet<string>;
}

/** How an org says that it has no such record. */
const NONE = /cannot be found/;

/** Custom scopes and token exchange handlers, by type. What could not be read is never taken for missing (D8). */
export function observeOauthRecords(reading: Reading): Readonly<Record<string, ObservedRecords>> {
  return Object.fromEntries(OAUTH_RECORD_TYPES.map((type) => [type.name, recordsOf(type, reading)]));
}

function recordsOf(type: ComponentType, { files, problems, types }: Reading): ObservedRecords {
  const byName = new Map<string, ObservedComponent>();
  const path = new RegExp(`(?:^|/)${type.directory}/([^/]+)\\.${type.suffix}(?:-meta\\.xml)?$`);
  for (const [file, content] of files) {
    const name = path.exec(file)?.[1];
    if (name !== undefined) byName.set(name, observeComponent(type, name, content));
  }
  const unread = types.has(type.name)
    ? problems.find(({ problem }) => problem.includes(type.name) && !NONE.test(problem))?.problem
    : `the org did not offer ${type.name}`;
  return { byName, ...(unread !== undefined && { unread }) };
}
