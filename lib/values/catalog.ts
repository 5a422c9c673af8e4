import { APPLY } from './catalog/apply';
import { COMMAND_LINE } from './catalog/command-line';
import { DECLARATION } from './catalog/declaration';
import type { Entry } from './catalog/entry';
import { GUARDS } from './catalog/guards';
import { HEAL } from './catalog/heal';
import { POLICY } from './catalog/policy';
import { PREREQUISITES } from './catalog/prerequisites';
import { PROGRAM } from './catalog/program';

/** The parts of the catalog, in the order of the work. No code is in two of them. */
export const PARTS = {
  'What an app declares': DECLARATION,
  'What a program declares': PROGRAM,
  'Whose app it is, and who gets in': GUARDS,
  'What an app needs of its org': PREREQUISITES,
  'Controls, exceptions and audits': POLICY,
  'Plan, apply and what became of it': APPLY,
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
  ...HEAL,
  ...COMMAND_LINE,
} as const;

export type CatalogCode = keyof typeof CATALOG;

/** A violation is named by its control (`SFCA-ECA-PKCE`). */
export type ControlId = `SFCA-${string}`;

/** The id of a control, or a code of Salesforce or of the network (`INVALID_FIELD`, `invalid_grant`, `ECONNREFUSED`). */
export type OtherCode = ControlId | Uppercase<string> | `${string}_${string}`;

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
  if (typeof remedy === 'string') return remedy;
  const { construct, cli, terraform, always } = remedy;
  const own = front === 'terraform' && terraform !== undefined ? [terraform] : [construct, cli];
  const all = [...own, always].filter((each) => each !== undefined);
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((each) => each !== '').join(', or ');
}

/** What to do under Terraform, where that differs from what the diagnostic says. */
export function terraformRemedy(code: string): string | undefined {
  const remedy = entryOf(code)?.remedy;
  return typeof remedy === 'object' && remedy.terraform !== undefined ? remedyFor('terraform', remedy) : undefined;
}
