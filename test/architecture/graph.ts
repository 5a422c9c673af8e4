import type { Source } from './source';

/** Sources by their path without extension. */
export type Sources = ReadonlyMap<string, Source>;

const resolve = (sources: Sources, target: string): string | undefined =>
  [target, `${target}/index`].find((path) => sources.has(path));

/**
 * Files and packages that are loaded with the entry, types aside; with `late` also what is loaded when the code runs.
 */
export function reachable(
  sources: Sources,
  entry: string,
  { late = false } = {},
): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const { specifier, target, typeOnly, when } of sources.get(path)?.imports ?? []) {
      if (typeOnly || (when === 'late' && !late)) continue;
      const file = specifier.startsWith('.') ? resolve(sources, target) : undefined;
      if (file === undefined) packages.add(specifier);
      else visit(file);
    }
  };
  visit(entry);
  return { files, packages };
}

/** The first cycle of imports, types included, as the files it goes through; undefined where there is none. */
export function findCycle(sources: Sources): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    const start = trail.indexOf(path);
    if (start >= 0) return [...trail.slice(start), path];
    if (done.has(path)) return undefined;
    for (const { specifier, target } of sources.get(path)?.imports ?? []) {
      const next = specifier.startsWith('.') ? resolve(sources, target) : undefined;
      const cycle = next === undefined ? undefined : visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of sources.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
