import type { Session } from './org/session';
import type { BlockSchema } from './schema/attribute';
import type { Value, Values } from './wire/value';

/** What Terraform shows to a person, at the attribute where there is one. */
export interface TerraformDiagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** Names of attributes, outermost first. */
  readonly attribute?: readonly string[];
}

export interface Planned {
  readonly state: Value;
  /** Attributes whose change makes a new object. */
  readonly requiresReplace?: readonly string[];
  readonly diagnostics: readonly TerraformDiagnostic[];
  /** The object is still as it was imported: see {@link Resource.plan}. */
  readonly asImported?: boolean;
}

export interface Answered {
  readonly state: Value;
  readonly diagnostics: readonly TerraformDiagnostic[];
}

/** One kind of resource. States are null where there is no object. */
export interface Resource {
  readonly schema: BlockSchema;
  /** The resource whose objects it writes in other words. Default: its own. Two resources must not mean one object. */
  readonly object?: string;
  /** Destroying the resource deletes its object in the org; other objects stay there. */
  readonly deletes?: true;
  /** An org has exactly one such object, whatever it is called. */
  readonly single?: true;
  /** @param terraform What this Terraform can do, and the date (`YYYY-MM-DD`) by which justifications are judged. */
  readonly validate: (
    config: Values,
    terraform: { readonly writeOnly: boolean; readonly today: string },
  ) => readonly TerraformDiagnostic[];
  readonly read: (state: Values, session: Session) => Promise<Answered>;
  /**
   * @param asImported The object was imported and not changed since. What its configuration leaves out may be what the
   * import found unset, so that the import of an object changes nothing.
   */
  readonly plan: (
    prior: Values | undefined,
    config: Values | undefined,
    session: Session,
    asImported: boolean,
  ) => Promise<Planned>;
  readonly apply: (
    change: {
      readonly prior: Values | undefined;
      readonly planned: Values | undefined;
      readonly config: Values;
    },
    session: Session,
  ) => Promise<Answered>;
  /** The state of which {@link read} makes the rest; undefined where the id can be none. */
  readonly importState: (id: string) => Values | string;
  /** The same for a resource of another type; a text says why not. */
  readonly moveState: (source: { readonly type: string; readonly state: Values }) => Values | string;
}

/** One kind of data source. */
export interface DataSource {
  readonly schema: BlockSchema;
  readonly read: (config: Values, session: Session) => Promise<Answered>;
}
