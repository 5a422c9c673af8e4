import { readFileSync } from 'node:fs';

import {
  createSourceFile,
  forEachChild,
  getJSDocTags,
  getTextOfJSDocComment,
  isInterfaceDeclaration,
  isPropertySignature,
  isTypeAliasDeclaration,
  type JSDoc,
  type Node,
  type PropertySignature,
  ScriptTarget,
  type SourceFile,
  SyntaxKind,
} from 'typescript';

/** Members of every switch mean the same wherever they stand. */
const SWITCH_MEMBERS: Readonly<Record<string, string>> = {
  enabled: 'Whether it is on.',
  required: 'Whether it is required.',
  justification: 'Why the secure setting cannot be used, who approved the exception, and until when.',
};

/** One option as its docstring tells it. */
export interface Option {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** By name: default, unit, limit, since, source. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A named group of options, as the code declares it. */
export interface OptionGroup {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
}

/**
 * The exported interfaces and types of a source file with their options, in the order in which they stand. Members that must not be
 * given (`never`) are left out.
 * @param wanted Chooses the declarations by name; all of them if left out.
 * @throws Error that names every option without a description, and every optional one without a default.
 */
export function readOptions(
  path: string,
  wanted: (name: string) => boolean = () => true,
  text: string = readFileSync(path, 'utf8'),
): readonly OptionGroup[] {
  const source = createSourceFile(path, text, ScriptTarget.ES2022, true);
  const problems: string[] = [];
  const groups: OptionGroup[] = [];
  for (const statement of source.statements) {
    if (!isInterfaceDeclaration(statement) && !isTypeAliasDeclaration(statement)) continue;
    if (!statement.modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword)) continue;
    if (!wanted(statement.name.text)) continue;
    const options = optionsIn(statement, source);
    const name = statement.name.text;
    for (const option of options)
      problems.push(...missing(option).map((what) => `${path}: ${name}.${option.name} ${what}`));
    groups.push({ name, description: plain(described(statement)), options });
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return groups;
}

function missing({ description, required, tags }: Option): readonly string[] {
  return [
    ...(description === '' ? ['has no description'] : []),
    ...(!required && tags['default'] === undefined ? ['is optional and has no @default'] : []),
  ];
}

/** Members of the type itself, of its alternatives, and of the literal types within them; the first of a name counts. */
function optionsIn(node: Node, source: SourceFile): readonly Option[] {
  const found = new Map<string, Option>();
  const visit = (each: Node): void => {
    if (isPropertySignature(each)) {
      const option = optionOf(each, source);
      if (each.type?.kind !== SyntaxKind.NeverKeyword && !found.has(option.name)) found.set(option.name, option);
    }
    forEachChild(each, visit);
  };
  forEachChild(node, visit);
  return [...found.values()];
}

function optionOf(member: PropertySignature, source: SourceFile): Option {
  const tags = getJSDocTags(member).map(
    (tag) => [tag.tagName.text, oneLine(getTextOfJSDocComment(tag.comment) ?? '')] as const,
  );
  const name = member.name.getText(source);
  return {
    name,
    type: oneLine(member.type?.getText(source).replace(/\/\*\*[^]*?\*\//g, '') ?? ''),
    required: member.questionToken === undefined,
    description: plain(described(member)) || (SWITCH_MEMBERS[name] ?? ''),
    tags: Object.fromEntries(tags),
  };
}

export function described(node: Node & { readonly jsDoc?: readonly JSDoc[] }): string {
  return oneLine((node.jsDoc ?? []).map(({ comment }) => getTextOfJSDocComment(comment) ?? '').join(' '));
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `{@link Name}` is for editors; a document shows the name. */
const plain = (text: string): string => text.replace(/\{@link (\w+)\}/g, '`$1`');
