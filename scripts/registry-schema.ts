import type { FunctionType, ProviderFunction } from '../lib/terraform/functions/function';
import { type Attribute, type BlockSchema, isNested, type Mode } from '../lib/terraform/schema/attribute';
import { code } from './markdown';

const HEADINGS: readonly (readonly [heading: string, modes: readonly Mode[]])[] = [
  ['Required', ['required']],
  ['Optional', ['optional', 'optional-computed']],
  ['Read-Only', ['computed']],
];

/** The schema of a block, as registries show it: what must, may and cannot be stated, and below it what stands inside. */
export const schemaSections = ({ attributes }: BlockSchema): string =>
  ['## Schema', ...groups(attributes, '', (heading) => `### ${heading}`), ...nested(attributes, '')].join('\n\n');

const anchorOf = (path: string): string => `nestedatt--${path.replaceAll('.', '--')}`;

function groups(
  attributes: readonly Attribute[],
  above: string,
  headed: (heading: string) => string,
): readonly string[] {
  return HEADINGS.flatMap(([heading, modes]) => {
    const found = attributes.filter(({ mode }) => modes.includes(mode));
    if (found.length === 0) return [];
    return [headed(heading), found.map((each) => line(each, above)).join('\n')];
  });
}

function line({ name, type, description, sensitive, writeOnly }: Attribute, above: string): string {
  const marks = [typeWords(type), ...(sensitive ? ['Sensitive'] : []), ...(writeOnly ? ['Write-only'] : [])];
  const below = isNested(type) ? ` (see [below for nested schema](#${anchorOf(`${above}${name}`)}))` : '';
  return `- ${code(name)} (${marks.join(', ')}) ${description.replaceAll('\n', '\n  ').trimEnd()}${below}`;
}

const nested = (attributes: readonly Attribute[], above: string): readonly string[] =>
  attributes.flatMap(({ name, type }) => {
    if (!isNested(type)) return [];
    const path = `${above}${name}`;
    return [
      `<a id="${anchorOf(path)}"></a>\n\n### Nested Schema for ${code(path)}`,
      ...groups(type.attributes, `${path}.`, (heading) => `${heading}:`),
      ...nested(type.attributes, `${path}.`),
    ];
  });

function typeWords(type: Attribute['type'] | FunctionType): string {
  if (typeof type === 'string') return { string: 'String', bool: 'Boolean', number: 'Number' }[type];
  if ('nesting' in type) return { single: 'Attributes', list: 'Attributes List', set: 'Attributes Set' }[type.nesting];
  const [kind] = type;
  if (kind === 'object') return 'Object';
  return `${{ set: 'Set', list: 'List', map: 'Map' }[kind]} of String`;
}

/** How a function is called, what it takes and what it gives. */
export function functionSections(name: string, { parameters, returns }: ProviderFunction): string {
  const signature = parameters.map((each) => `${each.name} ${typeWords(each.type).toLowerCase()}`).join(', ');
  const members = typeof returns === 'object' && returns[0] === 'object' ? Object.entries(returns[1]) : [];
  return [
    `## Signature\n\n\`\`\`text\n${name}(${signature}) ${typeWords(returns).toLowerCase()}\n\`\`\``,
    `## Arguments\n\n${parameters.map((each, n) => `${n + 1}. ${code(each.name)} (${typeWords(each.type)}) ${each.description}`).join('\n')}`,
    ...(members.length === 0
      ? []
      : [`## Result\n\n${members.map(([member, type]) => `- ${code(member)} (${typeWords(type)})`).join('\n')}`]),
  ].join('\n\n');
}
