import type { Default } from '../lib/declaration/defaults';

const KINDS = ['private', 'public', 'machine'] as const;

/** The secure defaults as a Markdown table, straight from the one file that holds them. */
export function defaultsTable(defaults: Readonly<Record<string, Default<unknown>>>): string {
  const rows = Object.entries(defaults).map(([name, { value, option, reason, source }]) =>
    [`\`${name}\``, valueOf(value), option === undefined ? 'nothing' : `\`${option}\``, reason, source]
      .map(cell)
      .join(' | '),
  );
  const head = ['What | Default | Changed by | Why | Source', '--- | --- | --- | --- | ---'];
  return [...head, ...rows].map((row) => `| ${row} |`).join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function valueOf(value: Default<unknown>['value']): string {
  const texts = KINDS.map((kind) => shown(value[kind]));
  if (new Set(texts).size === 1) return texts[0] ?? '';
  return KINDS.map((kind, index) => `${kind}: ${texts[index] ?? ''}`).join(', ');
}

function shown(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) =>
    name === 'enabled' ? (member ? 'on' : 'off') : shown(member),
  );
  return members.join(' ');
}
