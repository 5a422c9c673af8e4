import type { NamedDefault } from '../lib/options/table';
import { code, table } from './markdown';

const KINDS = ['private', 'public', 'machine'] as const;

/** The secure defaults as a Markdown table, straight from the options that they belong to. */
export function defaultsTable(defaults: readonly NamedDefault[]): string {
  const rows = defaults.map(({ what, value, option, reason, source }) => [
    code(what),
    valueOf(value),
    option === undefined ? 'nothing' : code(option),
    reason,
    source,
  ]);
  return table(['What', 'Default', 'Changed by', 'Why', 'Source'], rows);
}

function valueOf(value: NamedDefault['value']): string {
  const texts = KINDS.map((kind) => shown(value[kind]));
  if (new Set(texts).size === 1) return texts[0] ?? '';
  return KINDS.map((kind, index) => `${kind}: ${texts[index] ?? ''}`).join(', ');
}

function shown(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => memberShown(name, member))
    .join(' ');
}

function memberShown(name: string, member: unknown): string {
  if (name === 'enabled') return member === true ? 'on' : 'off';
  return name.endsWith('Minutes') ? `${shown(member)} minutes` : shown(member);
}
