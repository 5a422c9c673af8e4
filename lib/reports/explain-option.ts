import type { ClientKind } from '../declaration/client-app';
import { CONSTRUCT } from '../declaration/read/unknown-options';
import { fieldOf } from '../metadata/fields';
import type { Option } from '../options/option';
import { placeOf } from '../options/settings';
import { EXCUSES, optionNamed, ROWS, secureDefaultsOfOptions } from '../options/table';
import { controlById } from '../policy/controls';

/** Every option of every kind of client, and the members that take a justification of their own. */
export const optionNames = (): readonly string[] => [
  ...new Set([...ROWS.flatMap(({ name, kinds }) => (kinds.length > 0 ? [name] : [])), ...Object.keys(EXCUSES)]),
];

/** What is known of an option: who has it, where Salesforce keeps it, its secure default, what a justification excuses. */
export function optionText(name: string): string {
  const row = optionNamed(name.split('.')[0] ?? '');
  const excused = EXCUSES[name] ?? [];
  const standard = secureDefaultsOfOptions().find((each) => each.option === name);
  const list = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
  return [
    `${name}: an option of ${(row?.kinds ?? []).map((kind) => CONSTRUCT[kind]).join(', ')}${excused.length === 0 ? '' : ' that takes a justification'}; docs/options.md has its type and default`,
    ...(row && row.name === name ? [...list('Not for', refusals(row)), ...list('Written to', places(row))] : []),
    ...list('Why the default is what it is', standard ? [standard.reason, `(${standard.source})`] : []),
    ...list(
      'The justification exempts',
      excused.map((id) => `${id}: ${controlById(id)?.title ?? ''}`),
    ),
  ].join('\n');
}

function refusals({ name, why = {}, onlyConnectedApps, notOnConnectedApps = [] }: Option): readonly string[] {
  return [
    ...(Object.keys(CONSTRUCT) as ClientKind[]).flatMap((kind) => {
      const refusal = why[kind];
      return refusal ? [`${CONSTRUCT[kind]}: ${refusal.because}`] : [];
    }),
    ...(onlyConnectedApps ? [`an External Client App: ${onlyConnectedApps.problem}`] : []),
    ...notOnConnectedApps.map(({ member, used, because }) => {
      const what = used ? ' (some values)' : member === undefined ? '' : ` (${name}.${member})`;
      return `a Connected App${what}: ${because}`;
    }),
  ];
}

function places({ fields = [] }: Option): readonly string[] {
  const all = fields.flatMap((field) =>
    (['external-client-app', 'connected-app'] as const).flatMap((platform) => placeOf(field, platform) ?? []),
  );
  const words = all.map(({ type, field }) => {
    const { since, until } = fieldOf(type, field);
    return `${type}.${field}, Metadata API ${since} ${until === undefined ? 'or newer' : `to ${until}`}`;
  });
  return [...new Set(words)].sort();
}
