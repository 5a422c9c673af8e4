import { APPLY } from './catalog/apply';
import { COMMAND_LINE } from './catalog/command-line';
import { DECLARATION } from './catalog/declaration';
import type { Entry } from './catalog/entry';
import { GUARDS } from './catalog/guards';
import { HEAL } from './catalog/heal';
import { POLICY } from './catalog/policy';
import { PREREQUISITES } from './catalog/prerequisites';
import { PROGRAM } from './catalog/program';
import { STOP_AND_ROTATE } from './catalog/stop-and-rotate';

/** The parts of the catalog, in the order of the work. No code is in two of them. */
export const PARTS = {
  'What an app declares': DECLARATION,
  'What a program declares': PROGRAM,
  'Whose app it is, and who gets in': GUARDS,
  'What an app needs of its org': PREREQUISITES,
  'Controls, exceptions and audits': POLICY,
  'Plan, apply and what became of it': APPLY,
  'Stop, start and rotate': STOP_AND_ROTATE,
  'Sandbox refresh': HEAL,
  'Command line and connection': COMMAND_LINE,
} as const;

/** Every code of a diagnostic that this program makes, with what is known of it. */
export const CATALOG = {
  ...DECLARATION,
  ...PROGRAM,
  ...GUARDS,
  ...PREREQUISITES,
  ...POLICY,
  ...APPLY,
  ...STOP_AND_ROTATE,
  ...HEAL,
  ...COMMAND_LINE,
} as const;

/** An entry: a code, or `code/case` for a case of it that has words of its own. */
export type EntryName = keyof typeof CATALOG;

export type CatalogCode = Exclude<EntryName, `${string}/${string}`>;

/** The code of an entry: `plan-stale` of `plan-stale/deleted`. */
export const codeOf = (entry: EntryName): CatalogCode => entry.replace(/\/.*/, '') as CatalogCode;

/** A violation is named by its control (`SFCA-ECA-PKCE`). */
export type ControlId = `SFCA-${string}`;

/** The id of a control, or a code of Salesforce or of the network (`INVALID_FIELD`, `invalid_grant`, `ECONNREFUSED`). */
export type OtherCode = ControlId | `${Capital}${Uppercase<string>}` | `${string}_${string}`;

/** `Uppercase<string>` alone compares with everything. */
// prettier-ignore
type Capital =
  | 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M'
  | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z';

/** What `code` of a diagnostic may be. Comparing it with anything else does not compile. */
export type DiagnosticCode = CatalogCode | OtherCode;

/** Whether a code is not one of ours: all capitals, or with an underscore. */
export const isOther = (code: string): code is OtherCode => code === code.toUpperCase() || code.includes('_');

/** What is known of a code, if it is one of ours. */
export const entryOf = (code: string): Entry | undefined =>
  Object.hasOwn(CATALOG, code) ? CATALOG[code as CatalogCode] : undefined;

/** Where someone reads what to do: Terraform has no flags and no constructs. */
export type FrontEnd = 'command-line' | 'terraform';

/** What to do there, of all that may be done. */
export function remedyFor(front: FrontEnd, remedy: Entry['remedy']): string {
  if (typeof remedy === 'string') return spelled(front, remedy);
  const { construct, cli, terraform, always } = remedy;
  const own = front === 'terraform' && terraform !== undefined ? [terraform] : [construct, cli];
  const all = [...own, always].filter((each) => each !== undefined);
  return spelled(front, [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((each) => each !== '').join(', or '));
}

/** `{--adopt}` in a remedy: the consent that the problem asks for, of the app that it is about. */
export const CONSENT = /\{(--[a-z-]+)\}/g;

/** A consent as it is given there: a flag with the name of the app, or an attribute of its resource. */
const spelled = (front: FrontEnd, text: string): string =>
  text.replace(CONSENT, (_, flag: string) =>
    front === 'terraform' ? `${flag.slice(2).replaceAll('-', '_')} = true` : `${flag} {app}`,
  );

/** What to do under Terraform, where that differs from what the diagnostic says. */
export function terraformRemedy(code: string): string | undefined {
  const remedy = entryOf(code)?.remedy;
  return typeof remedy === 'object' && remedy.terraform !== undefined ? remedyFor('terraform', remedy) : undefined;
}
