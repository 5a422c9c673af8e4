import type { Component } from '../metadata/component';
import { canonicalJson } from '../metadata/digest';
import { observe, presentComponent } from '../metadata/observe';
import type { Observed } from '../metadata/observed';
import { diffComponent } from '../plan/diff';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { Deploying } from './deploy-phase';
import type { TakenPolicy } from './policy-names';

interface Compared {
  /** Records that have every declared value already: there is nothing to write. */
  readonly same: ReadonlySet<Component>;
  /** What the others have, which no one has reviewed. */
  readonly differing: readonly Diagnostic[];
}

/**
 * Policies of apps that existed before, which no list named and whose names the refusal told. The plan took them for
 * missing. What it promised is done where they hold what was declared; else no one reviewed what would be overwritten.
 */
export async function compareTaken(taken: readonly TakenPolicy[], deploying: Deploying): Promise<Compared> {
  const same = new Set<Component>();
  const differing: Diagnostic[] = [];
  if (taken.length === 0) return { same, differing };
  const { org, manifest, signal } = deploying;
  const types = new Map<string, string[]>();
  for (const { write, name } of taken) {
    if (name !== undefined) types.set(write.type, [...(types.get(write.type) ?? []), name]);
  }
  const apiVersion = manifest.org.api_version;
  const answer = await org.retrieve({ apiVersion, types }, signal ? { signal } : {});
  const { apps } = observe({ ...answer, types: new Set(types.keys()) });
  for (const each of taken) {
    const live = presentComponent(apps.get(each.app), each.write.type);
    const problems = differences(each, live, deploying);
    if (problems.length === 0) same.add(each.write);
    differing.push(...problems);
  }
  return { same, differing };
}

function differences(
  { write, app, name = '' }: TakenPolicy,
  live: Component | undefined,
  { manifest }: Deploying,
): readonly Diagnostic[] {
  const owner = manifest.apps.find(({ api_name: apiName }) => apiName === app);
  const declared = owner?.components.find(({ type }) => type === write.type);
  const at = { severity: 'error', path: owner?.path ?? manifest.org.path } as const;
  if (!live || !declared) {
    return [diagnose('policy-unreadable', { ...at, field: write.type, value: name }, { app, name })];
  }
  return diffComponent(declared, live, manifest.org.api_version, name).changes.map((change) => {
    const place = { ...at, field: `${change.type}.${change.field}` };
    const facts = { app, name, planned: words(change.after), live: words(change.before) };
    return diagnose('plan-stale/record-by-another-name', place, facts);
  });
}

const words = (state: Observed): string =>
  state.state === 'value' ? canonicalJson(state.value).slice(0, 120) : state.state;
