import type { Session } from './org/session';
import type { BlockSchema } from './schema/attribute';
import type { Value, Values } from './wire/value';

/** What Terraform shows to a person, at the attribute where there is one. */
export interface Told {
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
  readonly told: readonly Told[];
}

export interface Answered {
  readonly state: Value;
  readonly told: readonly Told[];
}

/** One kind of resource. States are null where there is no object. */
export interface Resource {
  readonly schema: BlockSchema;
  readonly validate: (config: Values, terraform: { readonly writeOnly: boolean }) => readonly Told[];
  readonly read: (state: Values, session: Session) => Promise<Answered>;
  readonly plan: (prior: Values | undefined, config: Values | undefined, session: Session) => Promise<Planned>;
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
