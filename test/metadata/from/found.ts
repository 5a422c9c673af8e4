import type { Setting } from '../../../lib/declaration/client-app';
import { byDefault as settingByDefault } from '../../../lib/declaration/setting';
import type { DeclaredComponent, FieldRecord, FieldValue, OwnedValue } from '../../../lib/metadata/component';
import { isRecord } from '../../../lib/options/owned';

/** A field whose value no construct can state, and why. */
export interface Inexpressible {
  readonly type: string;
  readonly field: string;
  readonly problem: string;
}

export const HEADER = 'ExternalClientApplication';
export const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
export const SETTINGS = 'ExtlClntAppOauthSettings';
export const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
export const GENERAL = 'ExtlClntAppConfigurablePolicies';
export const SECURITY = 'ExtlClntAppOauthSecuritySettings';

/** The fields of an app's components while a declaration is made of them. Problems gather here. */
export class Found {
  readonly components: readonly DeclaredComponent[];
  readonly problems: Inexpressible[] = [];
  readonly #byType: ReadonlyMap<string, DeclaredComponent>;

  constructor(components: readonly DeclaredComponent[]) {
    this.components = components;
    this.#byType = new Map(components.map((component) => [component.type, component]));
  }

  refuse(type: string, field: string, problem: string): void {
    this.problems.push({ type, field, problem });
  }

  owned(type: string, field: string): OwnedValue | undefined {
    return this.#byType.get(type)?.fields[field];
  }

  text(type: string, field: string): string | undefined {
    const value = this.owned(type, field)?.value;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  flag(type: string, field: string): boolean | undefined {
    const value = this.owned(type, field)?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  integer(type: string, field: string): number | undefined {
    const value = this.owned(type, field)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  record(type: string, field: string): FieldRecord | undefined {
    const value = this.owned(type, field)?.value;
    return isRecord(value) ? value : undefined;
  }

  /** A list of texts; undefined where there is no such field, empty where the field states that there is none. */
  texts(type: string, field: string): readonly string[] | undefined {
    return this.#list(type, field)?.filter((element) => typeof element === 'string');
  }

  rows(type: string, field: string): readonly FieldRecord[] | undefined {
    return this.#list(type, field)?.filter((element) => typeof element === 'object');
  }

  #list(type: string, field: string): readonly (string | FieldRecord)[] | undefined {
    const value: FieldValue | undefined = this.owned(type, field)?.value;
    return Array.isArray(value) ? (value as readonly (string | FieldRecord)[]) : undefined;
  }

  /** A switch with a secure default; `as` gives the option's value for the field's. */
  switch(type: string, field: string, secure: boolean, as = (value: boolean) => value): Setting<boolean> {
    const owned = this.owned(type, field);
    if (typeof owned?.value !== 'boolean') return settingByDefault(secure);
    return { value: as(owned.value), origin: owned.ownership };
  }
}
