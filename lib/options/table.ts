import type { ClientKind } from '../declaration/client-app';
import { OPTIONS } from '.';
import type { Default, Option } from './option';

/** The table, where it does not matter what an option's values are. */
export const ROWS: readonly Option[] = OPTIONS;

/** Options that a kind of client has, as the author writes them. */
export const optionsOf = (kind: ClientKind): readonly string[] =>
  ROWS.filter(({ kinds }) => kinds.includes(kind)).map(({ name }) => name);

/** The option of that name that some kind has. */
export const optionNamed = (name: string): Option | undefined =>
  ROWS.find((row) => row.kinds.length > 0 && row.name === name);

/** What may have a value that only Terraform knows. */
export const LATE: ReadonlySet<string> = new Set(
  ROWS.flatMap(({ name, unknownAtSynth: late = [] }) =>
    late.map((member) => (member === 'self' ? name : `${name}.${member}`)),
  ),
);

/** The controls that the justification of an option excuses, by option. Nothing else of the app is excused by it. */
export const EXCUSES: Readonly<Record<string, readonly string[] | undefined>> = Object.fromEntries(
  ROWS.flatMap(({ name, excuses, parts = [] }) => [
    ...(excuses ? [[name, excuses] as const] : []),
    ...parts.flatMap((part) => (part.excuses ? [[`${name}.${part.name}`, part.excuses] as const] : [])),
  ]),
);

/** A secure default, and the option that changes it; undefined where nothing may. */
export interface NamedDefault extends Default<unknown> {
  readonly option?: string;
}

/** Every secure default. All of them are written to the org, whatever the platform's own default is. */
export const secureDefaultsOfOptions = (): readonly NamedDefault[] =>
  ROWS.flatMap(({ name, kinds, default: own, parts = [] }) => [
    ...(own ? [{ ...own, ...(kinds.length > 0 && { option: name }) }] : []),
    ...parts.flatMap((part) => (part.default ? [{ ...part.default, option: `${name}.${part.name}` }] : [])),
  ]);
