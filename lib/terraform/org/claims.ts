import type { TerraformDiagnostic } from '../resource';
import { text, type Values } from '../wire/value';

/** What one resource of a plan does with an object of the org. */
type Use = 'writes' | 'deletes';

/** Which objects of the org the resources of one plan mean: two must not mean the same. */
export interface Claims {
  /**
   * Notes what a resource means, and complains where another one means the same object. Terraform plans resources in any
   * order, so the second of two gets the complaint, which fails the plan as well.
   */
  readonly claim: (plan: PlannedResource) => readonly TerraformDiagnostic[];
}

export interface PlannedResource {
  readonly type: string;
  /** The resource whose objects it writes in other words. Left out: its own. */
  readonly object?: string | undefined;
  /** The state; undefined: none. */
  readonly prior: Values | undefined;
  /** The configuration; undefined: the resource is destroyed. */
  readonly config: Values | undefined;
  /** Destroying the resource deletes the object in the org. */
  readonly deletes: boolean;
  /** There is one in the org, whatever it is called. */
  readonly single: boolean;
}

export function createClaims(): Claims {
  const uses = new Map<string, Set<Use>>();
  const note = (name: string, use: Use): readonly Use[] => {
    const before = uses.get(name) ?? new Set<Use>();
    uses.set(name, new Set([...before, use]));
    return [...before];
  };
  return {
    claim: ({ type, object = type, prior, config, deletes, single }) => {
      const named = (values: Values | undefined): string | undefined =>
        values && (single ? '' : text(values['api_name'])?.toLowerCase());
      const [from, to] = [named(prior), named(config)];
      if (deletes && from !== undefined && from !== to && (config === undefined || to !== undefined)) {
        if (note(`${object} ${from}`, 'deletes').includes('writes')) return [twoAddresses(type, prior)];
      }
      if (to === undefined) return [];
      const others = note(`${object} ${to}`, 'writes');
      if (others.includes('deletes')) return [twoAddresses(type, config)];
      return others.includes('writes') ? [declaredTwice(type, config, single)] : [];
    },
  };
}

const titleOf = (type: string, values: Values | undefined): string =>
  `${type} ${text(values?.['api_name']) ?? ''}`.trim();

const twoAddresses = (type: string, values: Values | undefined): TerraformDiagnostic => ({
  severity: 'error',
  summary: `${titleOf(type, values)}: two addresses for one app`,
  detail:
    'This plan writes the app under one address and deletes it under another.\n\n' +
    'to do:   tell Terraform that it is the same app: moved { from = OLD_ADDRESS, to = NEW_ADDRESS }. Where the state has a ' +
    'deposed object of it (an unfinished replacement): terraform state rm ADDRESS, then import the app',
});

function declaredTwice(type: string, values: Values | undefined, single: boolean): TerraformDiagnostic {
  const detail = single
    ? 'An org has these settings once, so two resources would overwrite each other for ever.\n\nto do:   state all of them in one resource'
    : 'Another resource of this configuration, or of its state, is the same object of the org.\n\nto do:   declare it once, or give each an api_name of its own';
  return { severity: 'error', summary: `${titleOf(type, values)}: declared twice`, detail };
}
