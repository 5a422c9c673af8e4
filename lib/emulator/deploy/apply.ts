import { withDefaults } from '../schema/defaults';
import { METADATA_TYPES } from '../schema/types';
import { componentOf, copyOf, type Draft, indexParts, type OrgState } from '../state';
import type { Candidate, ChangeEnvironment } from './change';
import { checkOf } from './checks';
import { complete } from './complete';
import { checkPermissions } from './lacking';
import { componentMessage, type DeployMessage, error, type Problem } from './messages';
import type { Deletion } from './read-package';
import { remove } from './remove';
import { canonical, stage } from './stage';

/** Components to write and to delete in one go. */
export interface Change {
  readonly candidates: readonly Candidate[];
  readonly deleteFirst: readonly Deletion[];
  readonly deleteLast: readonly Deletion[];
}

export interface Applied {
  readonly org: OrgState;
  readonly messages: readonly DeployMessage[];
}

export interface ApplyOptions {
  /** A warning counts as an error. */
  readonly warningsFail: boolean;
  /** Components without problems are kept although others have some. */
  readonly partial: boolean;
}

/**
 * What the change makes of the org, and a message per component. Pure: the org given is not touched. With problems and
 * without `partial` the org comes back as it was.
 */
export function apply(base: OrgState, change: Change, env: ChangeEnvironment, options: ApplyOptions): Applied {
  const order = METADATA_TYPES.map(({ name }) => name);
  const candidates = [...change.candidates].sort((a, b) => order.indexOf(a.type.name) - order.indexOf(b.type.name));
  const failed = new Map<Candidate, readonly DeployMessage[]>();
  for (;;) {
    const draft = copyOf(base);
    const deleted = change.deleteFirst.map((deletion) => remove(draft, deletion, env));
    const kept = candidates.filter((candidate) => !failed.has(candidate));
    for (const candidate of kept) stage(draft, candidate, env);
    const found = problems(base, draft, kept, env);
    const broken = [...found].filter(([, list]) => list.some((message) => fails(message, options)));
    if (broken.length > 0 && options.partial) {
      for (const [candidate, list] of broken) failed.set(candidate, list);
      continue;
    }
    if (broken.length === 0) complete(draft, kept, env);
    const succeeded = kept
      .filter((candidate) => !broken.some(([one]) => one === candidate))
      .map((candidate) => success(base, draft, candidate));
    deleted.push(...change.deleteLast.map((deletion) => remove(draft, deletion, env)));
    const messages = [
      ...deleted,
      ...[...failed.values()].flat(),
      ...kept.flatMap((candidate) => found.get(candidate) ?? []),
      ...succeeded,
    ];
    const ok = options.partial || !messages.some((message) => fails(message, options));
    return { org: ok ? draft : base, messages };
  }
}

/** True for an error, and for a warning where warnings are errors. */
export const fails = ({ problemType }: DeployMessage, { warningsFail }: { readonly warningsFail: boolean }): boolean =>
  problemType === 'Error' || (problemType === 'Warning' && warningsFail);

function problems(
  base: OrgState,
  org: Draft,
  candidates: readonly Candidate[],
  env: ChangeEnvironment,
): ReadonlyMap<Candidate, readonly DeployMessage[]> {
  const found = new Map<Candidate, readonly DeployMessage[]>();
  const parts = indexParts(org);
  for (const candidate of candidates) {
    const { type, fullName } = candidate;
    const fields = withDefaults(type.name, componentOf(org, type.name, fullName)?.fields ?? {});
    const previous = componentOf(base, type.name, fullName);
    const sabotage = env.sabotage?.(candidate);
    const list: readonly Problem[] = [
      ...checkPermissions(base, env.user, type, candidate.given),
      ...checkOf(type)({ base, org, parts, candidate, siblings: candidates, fields, previous, env }),
      ...(sabotage === undefined ? [] : [error(sabotage)]),
    ];
    if (list.length > 0)
      found.set(
        candidate,
        list.map((problem) => componentMessage(candidate, problem)),
      );
  }
  return found;
}

function success(base: OrgState, org: OrgState, { type, fullName, path }: Candidate): DeployMessage {
  const [before, after] = [componentOf(base, type.name, fullName), componentOf(org, type.name, fullName)];
  const created = before === undefined;
  return {
    componentType: type.manifest,
    fileName: path,
    fullName,
    ...(after === undefined ? {} : { id: after.id }),
    created,
    changed: !created && after !== undefined && canonical(before.fields) !== canonical(after.fields),
    deleted: false,
    success: true,
  };
}
