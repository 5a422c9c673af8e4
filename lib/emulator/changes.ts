import { canonical } from './deploy/stage';
import { METADATA_TYPES, type MetadataType } from './schema/types';
import { type Component, componentsOf, type OrgState } from './state';

/** `rotate`: another consumer, and nothing that a package holds. */
export type Verb = 'insert' | 'update' | 'delete' | 'rotate';

/** One component that is another in the second of two states. */
export interface Changed {
  readonly type: MetadataType;
  readonly fullName: string;
  readonly verb: Verb;
  readonly was: Component | undefined;
  readonly is: Component | undefined;
}

/** What a change made of the components of the org, in the order of the types. */
export function changesOf(before: OrgState, after: OrgState): readonly Changed[] {
  return METADATA_TYPES.flatMap((type) => {
    const [old, present] = [before, after].map(
      (org) => new Map(componentsOf(org, type.name).map((one) => [one.fullName, one])),
    );
    return [...new Set([...(old?.keys() ?? []), ...(present?.keys() ?? [])])].flatMap((fullName) => {
      const [was, is] = [old?.get(fullName), present?.get(fullName)];
      const verb = verbOf(was, is);
      return verb === undefined ? [] : [{ type, fullName, verb, was, is }];
    });
  });
}

function verbOf(was: Component | undefined, is: Component | undefined): Verb | undefined {
  if (was === undefined) return 'insert';
  if (is === undefined) return 'delete';
  // Not by their dates: two deploys may fall into one millisecond.
  if (canonical(was.fields) !== canonical(is.fields)) return 'update';
  return JSON.stringify(was.consumer) === JSON.stringify(is.consumer) ? undefined : 'rotate';
}
