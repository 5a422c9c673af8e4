import type { Result } from '../../values/result';
import type { PlainType } from '../schema/attribute';
import type { Value } from '../wire/value';

/** A type of a parameter or of a result. */
export type FunctionType = PlainType | readonly ['object', Readonly<Record<string, PlainType>>];

/** Why a call has no result: for a person to read, with the position of the argument that is wrong. */
export interface CallProblem {
  readonly text: string;
  /** From 0. */
  readonly argument: number;
}

/** A function of the provider. It sees no org and no environment, so that the same arguments have the same result. */
export interface ProviderFunction {
  readonly summary: string;
  /** Plain sentences, with units, limits and errors. */
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly type: PlainType; readonly description: string }[];
  readonly returns: FunctionType;
  /** Terraform calls it with known values that are not null, and of the types of the parameters. */
  readonly call: (given: readonly Value[]) => Result<Value, CallProblem>;
}

/** A problem with one argument. */
export const wrong = (argument: number, text: string): { readonly ok: false; readonly error: CallProblem } => ({
  ok: false,
  error: { argument, text },
});

/** The texts of a list or set; any other value is empty. */
export const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Value[]).map((each) => (typeof each === 'string' ? each : '')) : [];
