import type { ClientKind } from '../declaration/client-app';
import type { Reading } from '../declaration/reading';
import type { Expression } from './expression';
import { type FieldValue, ifStated, type OwnedValue } from './owned';
import { type Core, type Live, scalar } from './recall';
import type { Places } from './settings';
import type { Shape } from './shape';

/** Why a kind of client lacks an option that people expect of it, and what to do instead. */
export interface Refusal {
  readonly because: string;
  readonly remedy: string;
}

/** A secure default: what an app gets that does not say otherwise, why, and who says so. */
export interface Default<T> {
  /** What the table of defaults calls it. */
  readonly what: string;
  /** The value by kind of client. */
  readonly value: Readonly<Record<ClientKind, T>>;
  readonly reason: string;
  /** Title of the published rule, or of the page that tells what the platform does. */
  readonly source: string;
}

export const forAll = <T>(value: T): Default<T>['value'] => ({ private: value, public: value, machine: value });

/** What no Metadata API version of a Connected App has a place for: it would silently not be written. */
export interface Lack {
  /** The member of the option; left out: the option itself. */
  readonly member?: string;
  /** Whether the value uses what is lacking; left out: any value does. */
  readonly used?: (given: unknown) => boolean;
  readonly because: string;
  readonly remedy?: string;
}

/** One metadata field that an option decides. */
export interface OptionField<Values extends object = object> extends Places {
  /** What is written, in the words of External Client Apps where they have the field. Undefined: nothing. */
  value(app: Values & Core): OwnedValue | undefined;
  /** The path of the member that the field stands for; left out: the option itself. */
  readonly path?: string;
  /** The same for members of a nested record. */
  readonly members?: Readonly<Record<string, string>>;
  /** What versions without the field do anyway: to state that loses nothing. */
  readonly before?: FieldValue;
}

/** A member of an option that is known about as an option is. */
export interface Part {
  readonly name: string;
  readonly default?: Default<unknown>;
  readonly excuses?: readonly string[];
}

/** Everything that is known about one option. Whoever needs to know a thing about options asks the table of these. */
export interface Option<Name extends string = string, Values extends object = object, Secure = unknown> {
  /** As the author writes it. */
  readonly name: Name;
  readonly kinds: readonly ClientKind[];
  /** Why other kinds lack it. */
  readonly why?: Readonly<Partial<Record<ClientKind, Refusal>>>;
  /** Where only Connected Apps have it: why, and what to do instead. */
  readonly onlyConnectedApps?: { readonly problem: string; readonly remedy: string };
  readonly notOnConnectedApps?: readonly Lack[];
  /** What may be known to Terraform only: `self`, or members by name. Everything else decides at synth. */
  readonly unknownAtSynth?: readonly string[];
  readonly default?: Default<Secure>;
  /** The controls that a justification of the option excuses: those that its insecure position breaks. */
  readonly excuses?: readonly string[];
  readonly parts?: readonly Part[];
  /** The value in this org, or what stands in for what was reported. `secure` is the default of the kind. */
  read(given: unknown, reading: Reading, secure: Secure): Values;
  readonly fields?: readonly OptionField<Values>[];
  /** What the author would have to write for the app as the org has it; undefined: nothing. The read, backwards. */
  recall?(live: Live): Expression | undefined;
  /** Why an import never states the option. One of the two is there. */
  readonly notRecalled?: string;
  /** The same of an option that no import states, where a resource of Terraform states it and the org has changed it. */
  reread?(live: Live): Expression | undefined;
  /** The value is the one field, word for word, in both directions. */
  readonly plain?: true;
  /** How it is written in HCL. */
  readonly shape?: Shape;
  /** Why HCL never states it. Of an option that some kind has, one of the two is there. */
  readonly notInHcl?: string;
}

export const option = <Name extends string, Values extends object, Secure>(
  row: Option<Name, Values, Secure>,
): Option<Name, Values, Secure> => row;

/** An option whose value becomes one field as it is, and that is left to the org where it is not stated. */
export const plain = <Name extends string, T extends FieldValue>({
  read,
  setting,
  ...row
}: Omit<Option<Name, { readonly [K in Name]?: T }>, 'read' | 'fields' | 'plain'> & {
  readonly read: (given: unknown, field: string, reading: Reading) => T | undefined;
  readonly setting: Places;
}): Option<Name, { readonly [K in Name]?: T }> => ({
  ...row,
  plain: true,
  read: (given, reading) => optional(row.name, read(given, row.name, reading)),
  recall: (live) => scalar(live.own(setting)),
  fields: [{ ...setting, value: (app: { readonly [K in Name]?: T }) => ifStated(app[row.name]) }],
});

/** The member, where it has a value. */
export function optional<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: T });
}

export const EVERY_KIND = ['private', 'public', 'machine'] as const;
export const WITH_USERS = ['private', 'public'] as const;
/** Kinds whose client can keep a secret or a key to itself. */
export const CONFIDENTIAL = ['private', 'machine'] as const;

/** HCL has resources of the metadata's own names for them. */
export const ONLY_CONNECTED_APPS = 'it is about Connected Apps, which HCL has salesforce_connected_app for';

export const NO_USER: Refusal = {
  because: 'no user takes part in the flows of a machine',
  remedy: 'remove it, or declare a PrivateClientApp if users log in',
};
export const NO_REFRESH: Refusal = {
  because: 'a machine signs in again instead of refreshing, and is never given a refresh token',
  remedy: 'remove it',
};
export const NEEDS_KEY: Refusal = {
  because: 'mutual TLS proves that the client holds a private key, and every user of the device could take it',
  remedy: 'remove it, or declare a PrivateClientApp if the client is a server',
};
export const machineOnly = (what: string): Refusal => ({
  because: `${what} signs in a machine without a user`,
  remedy: 'remove it, and declare a MachineApp for the machine',
});
