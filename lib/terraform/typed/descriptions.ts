import type { Member, Shape } from '../../options/shape';
import { EXCUSES } from '../../options/table';
import docs from './option-docs.json';
import type { TypedModel, TypedOption } from './typed-model';

/** What the docstring of an option says, in the words of HCL. */
interface Doc {
  readonly says?: string;
  readonly default?: string;
  readonly unit?: string;
  readonly limit?: string;
  readonly since?: string;
  readonly source?: string;
}

const DOCS: Readonly<Record<string, Doc>> = docs;

/** An option in Markdown: what it says, its values, its default with the reason, and what its insecure position breaks. */
export function describeOption({ kind, required }: TypedModel, { attribute, row, shape }: TypedOption): string {
  const doc = DOCS[`${kind}:${row.name}`] ?? DOCS[row.name] ?? {};
  const { default: fallback, ...documented } = doc;
  const secure = row.default;
  const stated = required.has(attribute) ? {} : { default: fallback ?? '' };
  const sentences = [
    ...describe(row.name, shape, { ...documented, ...stated }),
    ...(secure ? [`Why: ${secure.reason} (${secure.source})`] : []),
    ...(row.excuses ? [`Its justification covers ${row.excuses.filter(isExternal).join(', ')}.`] : []),
  ];
  return sentences.map(ended).join(' ').trim();
}

/** A member of an option. */
export function describeMember(path: string, member: Member): string {
  const doc = DOCS[path] ?? { says: member.says ?? '' };
  const excused = EXCUSES[path.slice(0, path.lastIndexOf('.'))];
  const excuses = member.name === 'justification' && path.includes('.') ? excused?.filter(isExternal) : undefined;
  return [
    ...describe(path, member.shape, doc),
    ...(excuses && path.split('.').length > 2 ? [`It excuses ${excuses.join(', ')}.`] : []),
  ]
    .map(ended)
    .join(' ')
    .trim();
}

function describe(path: string, { values }: Shape, doc: Doc): readonly string[] {
  const meanings = DOCS[`${path}#values`]?.says;
  const allowed = values
    ? [
        `One of ${values.map((value) => `\`${value}\``).join(', ')}${meanings === undefined ? '.' : `:\n${listed(meanings)}\n\n`}`,
      ]
    : [];
  return [
    doc.says ?? '',
    ...allowed,
    ...(doc.default ? [`Default: ${doc.default}`] : []),
    ...(doc.unit ? [`Unit: ${doc.unit}`] : []),
    ...(doc.limit ? [`Limit: ${doc.limit}`] : []),
    ...(doc.since ? [`Metadata API: ${doc.since}`] : []),
    ...(doc.source ? [`Source: ${doc.source}`] : []),
  ].filter((sentence) => sentence !== '');
}

const listed = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => `  - ${line}`)
    .join('\n');

const ended = (sentence: string): string => (/[.\n]$/.test(sentence) ? sentence : `${sentence}.`);

/** The resources are External Client Apps. */
const isExternal = (control: string): boolean => !control.includes('-CA-');
