/** What source tracking knows of one component since the sandbox began: it stays when the component is gone. */
export interface SourceMember {
  readonly id: string;
  /** Name of the type; of settings the own one, as `SecuritySettings`. */
  readonly type: string;
  readonly name: string;
  readonly componentId: string;
  /** Counted over the whole org: the higher, the later the change. */
  readonly revision: number;
  readonly isNew: boolean;
  readonly obsolete: boolean;
  readonly changedBy: string;
  /** ISO time. */
  readonly time: string;
}
