import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type ClassDeclaration,
  type ClassElement,
  createSourceFile,
  getCombinedModifierFlags,
  getTextOfJSDocComment,
  isClassDeclaration,
  isJSDocParameterTag,
  isMethodDeclaration,
  isPropertyDeclaration,
  type JSDoc,
  type JSDocTag,
  type MethodDeclaration,
  ModifierFlags,
  type Node,
  ScriptTarget,
  type SourceFile,
} from 'typescript';

import { code, table } from './markdown';

const FOLDER = 'lib/declaration/options';
const FILES = [
  ...readdirSync(FOLDER).map((name) => join(FOLDER, name)),
  'lib/values/duration.ts',
  'constructs/certificate.ts',
];

/** What stands for an argument, by its type; of text and objects, by the factory and the name of the parameter. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  Justification: 'justification',
  Duration: 'Duration.hours(12)',
  number: '30',
  'RefreshTokenPolicy.expiresIfUnusedFor.duration': 'Duration.days(30)',
  'RefreshTokenPolicy.expiresAfter.duration': 'Duration.days(90)',
  'Duration.hours.amount': '12',
  'Duration.months.amount': '6',
  'Scope.of.token': "'Api'",
  'StartPage.custom.url': "'https://app.acme.example/'",
  'Username.of.username': "'sync@acme.example'",
  'Username.perOrg.byOrg': "{ prod: 'sync@acme.example', uat: 'sync@acme.example.uat' }",
  'PerOrg.of.byOrg': "{ prod: ['https://acme.example/cb'], uat: ['https://uat.acme.example/cb'] }",
  'PermittedUsers.preAuthorized.options': "{ permissionSets: ['Field_App_Access'] }",
  'Certificate.fromFile.path': "'certs/sync.crt'",
  'Certificate.fromPem.pem': 'pem',
  'AccessTokens.jwt.timeout': 'Duration.minutes(30)',
};

/** One way of writing a value: the expression, and what it means. */
export interface WrittenValue {
  readonly expression: string;
  readonly meaning: string;
}

/** A class whose values are written by its members. */
export interface ValueClass {
  readonly name: string;
  readonly about: string;
  readonly values: readonly WrittenValue[];
}

/** Every class of values that a program can write, as the sources declare it, by name. */
export const valueClasses = (): readonly ValueClass[] =>
  FILES.flatMap((path) => {
    const source = createSourceFile(path, readFileSync(path, 'utf8'), ScriptTarget.ES2022, true);
    return source.statements.filter(isClassDeclaration).flatMap((each) => classOf(each, source) ?? []);
  }).sort((a, b) => (a.name < b.name ? -1 : 1));

function classOf(declaration: ClassDeclaration, source: SourceFile): ValueClass | undefined {
  const name = declaration.name?.text ?? '';
  const values = declaration.members.filter(isWritten).flatMap((member) => valuesOf(name, member, source));
  return values.length > 0 ? { name, about: described(declaration), values } : undefined;
}

const isWritten = (member: ClassElement): boolean => {
  const flags = getCombinedModifierFlags(member);
  const name = member.name?.getText();
  return (flags & ModifierFlags.Static) !== 0 && (flags & ModifierFlags.Private) === 0 && name !== 'is';
};

function valuesOf(owner: string, member: ClassElement, source: SourceFile): readonly WrittenValue[] {
  const call = `${owner}.${member.name?.getText(source) ?? ''}`;
  const meaning = described(member);
  if (isPropertyDeclaration(member)) return [{ expression: call, meaning }];
  // Of overloads the one that carries the docstring speaks for all.
  if (!isMethodDeclaration(member) || meaning === '') return [];
  const given = member.parameters.map(({ name, type, questionToken }) => {
    const text = type?.getText(source) ?? '';
    const argument = ARGUMENTS[`${call}.${name.getText(source)}`] ?? ARGUMENTS[text];
    if (argument === undefined) throw new Error(`${call}: no argument is known for ${name.getText(source)}: ${text}`);
    return { argument, optional: questionToken !== undefined };
  });
  const all = `${call}(${given.map(({ argument }) => argument).join(', ')})`;
  const least = `${call}(${given.flatMap(({ argument, optional }) => (optional ? [] : argument)).join(', ')})`;
  const withParameters = [meaning, ...parameters(member)].filter(Boolean).join(' ');
  return [...new Set([least, all])].map((expression) => ({ expression, meaning: withParameters }));
}

const jsDocs = (node: Node & { readonly jsDoc?: readonly JSDoc[] }): readonly JSDoc[] => node.jsDoc ?? [];

const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();

const described = (node: Node): string =>
  oneLine(
    jsDocs(node)
      .map(({ comment }) => getTextOfJSDocComment(comment) ?? '')
      .join(' '),
  );

const parameters = (method: MethodDeclaration): readonly string[] =>
  jsDocs(method)
    .flatMap(({ tags = [] }) => [...tags])
    .filter(({ tagName }) => tagName.text === 'param')
    .map((tag) => `${code(nameOf(tag))}: ${oneLine(getTextOfJSDocComment(tag.comment) ?? '')}`);

const nameOf = (tag: JSDocTag): string => (isJSDocParameterTag(tag) ? tag.name.getText() : '');

/** How each value is written, as a section of docs/options.md. */
export function valueReference(): string {
  return valueClasses()
    .map(({ name, about, values }) => {
      const rows = values.map(({ expression, meaning }) => [code(expression), meaning]);
      return `### Writing ${name}\n\n${about}\n\n${table(['Written as', 'Means'], rows)}\n`;
    })
    .join('\n');
}
