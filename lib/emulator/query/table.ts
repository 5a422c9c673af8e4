import type { OrgState, OrgUser } from '../state';

/** A record of a queryable object; a relation is a record inside. */
export interface Row {
  readonly [field: string]: string | number | boolean | null | Row;
}

export type Table = (state: OrgState, caller: OrgUser | undefined) => readonly Row[];

/** An object, with the fields each record has. */
export interface Queryable {
  readonly rows: Table;
  readonly fields: readonly string[];
  /** Fields that a WHERE may not name. */
  readonly unfilterable?: readonly string[];
  /** Rows of one page and of one query in all, and whether OFFSET may go further than elsewhere. */
  readonly limits?: { readonly page: number; readonly rows: number; readonly offsets: boolean };
}
