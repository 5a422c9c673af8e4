import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  createSourceFile,
  forEachChild,
  isClassDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyDeclaration,
  ScriptTarget,
} from 'typescript';

import type { ClientKind } from '../lib/declaration/client-app';
import { inHcl } from '../lib/options/in-hcl';
import type { Member, Shape } from '../lib/options/shape';
import { ROWS } from '../lib/options/table';
import { snakeCase } from '../lib/values/snake-case';
import { OPTION_FILES } from './option-reference';
import { described, type Option, type OptionGroup, readOptions } from './read-options';

const CLASSES = 'lib/declaration/options';

type Docs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The docstrings of all options and of their members, by path, in the words of HCL. */
export function optionDocs(): string {
  const groups = [...OPTION_FILES, `${CLASSES}/permitted-users.ts`].flatMap((path) => readOptions(path));
  const ways = waysOfClasses();
  const docs: Record<string, Docs[string]> = {};
  for (const { name, shape } of ROWS) {
    if (!shape) continue;
    const found = groups.flatMap((group) =>
      group.options.filter((each) => each.name === name).map((each) => [kindOf(group.name), each] as const),
    );
    const [, option] = found.find(([kind]) => kind === undefined) ?? found[0] ?? [];
    if (!option) continue;
    docs[name] = entryOf(option);
    // A kind may have more to say of an option that others have, too.
    for (const [kind, own] of found.reverse()) {
      if (kind !== undefined && own !== option) docs[`${kind}:${name}`] = entryOf(own);
    }
    Object.assign(docs, waysIn(name, shape, ways), membersOf(name, shape, option, groups));
  }
  return `${JSON.stringify(docs)}\n`;
}

/** Whose options an interface has, where it is one kind alone. */
const kindOf = (name: string): ClientKind | undefined =>
  name.startsWith('Machine') ? 'machine' : name.startsWith('Public') ? 'public' : undefined;

/** Without what is about the command line, the other engine, or constructs. */
const aboutHcl = (text: string): string =>
  text
    .replace(/^Engine provider: (.)/, (_, first: string) => first.toUpperCase())
    .replace(/ On the command line [^.]*\./g, '')
    .replace(/ With engine null [^.]*\./g, '')
    .replace('their constructs, or the names', 'the names')
    .replace('more with `adopt`', 'more for an app that is imported')
    .replace('Setup takes it', 'Setup has it');

function entryOf({ description, tags }: Option): Docs[string] {
  const { default: fallback, unit, limit, since, source } = tags;
  const shown = { says: description, default: fallback?.replace(/^- /, ''), unit, limit };
  const entries = Object.entries(shown).flatMap(([tag, text]) =>
    text === undefined || text === '' ? [] : [[tag, inHcl(aboutHcl(text))] as const],
  );
  return {
    ...Object.fromEntries(entries),
    ...(since !== undefined && { since }),
    ...(source !== undefined && { source }),
  };
}

/** Members by the types that the docstring of their option names. */
function membersOf(
  path: string,
  shape: Shape,
  option: Option,
  groups: readonly OptionGroup[],
  around: readonly Option[] = [],
): Docs {
  if (typeof shape.type !== 'object') return {};
  const members = 'members' in shape.type ? shape.type.members : [];
  const rows = 'setOf' in shape.type && typeof shape.type.setOf === 'object' ? shape.type.setOf : undefined;
  const inner: readonly Member[] = rows && 'members' in rows ? rows.members : members;
  const named = groups.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(option.type));
  const candidates = [...named.flatMap(({ options }) => options), ...inherited(option.type, groups), ...around];
  return Object.assign(
    {},
    ...inner.map((member) => {
      const found = candidates.find(({ name }) => name === member.name);
      if (!found) return {};
      const deeper = membersOf(`${path}.${member.name}`, member.shape, found, groups, candidates);
      return { [`${path}.${member.name}`]: entryOf(found), ...deeper };
    }),
  ) as Docs;
}

/** Of a type that extends another one, or that a class takes. */
function inherited(type: string, groups: readonly OptionGroup[]): readonly Option[] {
  const bases: Readonly<Record<string, string>> = {
    SecuritySettings: 'TokenIpRanges',
    CodeAndCredentials: 'CodeAndCredentialsWithGuest',
    AdminPolicies: 'UserAdminPolicies',
    PermittedUsers: 'PreAuthorizedOptions',
  };
  return Object.entries(bases).flatMap(([name, base]) =>
    new RegExp(`\\b${name}\\b`).test(type) ? (groups.find((group) => group.name === base)?.options ?? []) : [],
  );
}

/** What each word of a choice means, as the class says it. */
function waysIn(path: string, shape: Shape, ways: ReadonlyMap<string, string>): Docs {
  const { spelling } = shape;
  if (!spelling) return {};
  const lines = Object.keys(spelling.ways).map((key) => {
    const word = key === key.toUpperCase() ? key.toLowerCase() : snakeCase(key);
    return `\`${word}\`: ${inHcl(ways.get(`${spelling.type}.${key}`) ?? '')}`;
  });
  const at = spelling.word === undefined ? path : `${path}.${spelling.word}`;
  return { [`${at}#values`]: { says: lines.join('\n') } };
}

/** Docstrings of static members of the classes of options, as `AccessTokens.opaque`. */
function waysOfClasses(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(CLASSES)) {
    const source = createSourceFile(file, readFileSync(join(CLASSES, file), 'utf8'), ScriptTarget.ES2022, true);
    forEachChild(source, (node) => {
      if (!isClassDeclaration(node) || !node.name) return;
      for (const member of node.members) {
        if (!(isMethodDeclaration(member) || isPropertyDeclaration(member)) || !isIdentifier(member.name)) continue;
        const text = described(member);
        const key = `${node.name.text}.${member.name.text}`;
        if (text !== '' && !found.has(key)) found.set(key, text);
      }
    });
  }
  return found;
}
