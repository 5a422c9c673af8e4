import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

import ts from 'typescript';

export const ROOT = join(__dirname, '../..');

/** One place where a file names another module. */
export interface Import {
  /** As written: `./plan`, `node:fs`, `zod`. */
  readonly specifier: string;
  /** Path from the root without extension where the module is ours, else the specifier. */
  readonly target: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** `static` is loaded with the file; `late` when the code runs to it. */
  readonly when: 'static' | 'late';
  /** Named imports and exports by their names in the module; empty for all others. */
  readonly names: readonly string[];
}

/** What the rules look at in one source file. */
export interface Source {
  /** Path from the root, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** `export * from`, by specifier. */
  readonly stars: readonly string[];
  /** Uses of clock, randomness, process and network through globals: `Date.now`, `new Date()`, `process`. */
  readonly globals: readonly string[];
}

const WATCHED = new Set(['process', 'performance', 'fetch', 'console', 'setTimeout', 'setInterval', 'setImmediate']);
const WATCHED_MEMBERS = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues']);

/** Every TypeScript source below the folders. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    filesBelow(join(ROOT, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => parse(relative(ROOT, file).split(sep).join('/'), readFileSync(file, 'utf8'))),
  );
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function parse(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const stars: string[] = [];
  const globals: string[] = [];
  const add = (specifier: string, rest: Omit<Import, 'specifier' | 'target'>): void => {
    imports.push({ specifier, target: targetOf(path, specifier), ...rest });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) addImport(node, add);
    else if (ts.isExportDeclaration(node)) addExport(node, add, stars);
    else if (ts.isImportTypeNode(node)) {
      const literal = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
      if (literal && ts.isStringLiteral(literal)) add(literal.text, { typeOnly: true, when: 'late', names: [] });
    } else if (ts.isCallExpression(node)) addCall(node, add);
    const global = globalUse(node);
    if (global !== undefined) globals.push(global);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports, stars, globals };
}

type Add = (specifier: string, rest: Omit<Import, 'specifier' | 'target'>) => void;

function addImport({ moduleSpecifier, importClause }: ts.ImportDeclaration, add: Add): void {
  if (!ts.isStringLiteral(moduleSpecifier)) return;
  const bindings = importClause?.namedBindings;
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
  const allTypes = elements !== undefined && importClause?.name === undefined && elements.every((e) => e.isTypeOnly);
  const isType = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const names = (elements ?? []).map((element) => (element.propertyName ?? element.name).text);
  add(moduleSpecifier.text, { typeOnly: isType || allTypes, when: 'static', names });
}

function addExport(node: ts.ExportDeclaration, add: Add, stars: string[]): void {
  const { moduleSpecifier, exportClause, isTypeOnly } = node;
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return;
  const elements = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : undefined;
  if (!elements) stars.push(moduleSpecifier.text);
  const typeOnly = isTypeOnly || (elements?.every((element) => element.isTypeOnly) ?? false);
  const names = (elements ?? []).map((element) => (element.propertyName ?? element.name).text);
  add(moduleSpecifier.text, { typeOnly, when: 'static', names });
}

function addCall({ expression, arguments: [first] }: ts.CallExpression, add: Add): void {
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  if (!isImport && !isRequire) return;
  // A computed name could be anything, so it is shown as such and fails every rule that names what is allowed.
  const specifier = first && ts.isStringLiteral(first) ? first.text : '<computed>';
  add(specifier, { typeOnly: false, when: 'late', names: [] });
}

function globalUse(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments ?? []).length === 0) {
    return 'new Date()';
  }
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()';
  if (ts.isPropertyAccessExpression(node)) {
    const name = `${node.expression.getText()}.${node.name.text}`.replace(/^globalThis\./, '');
    return WATCHED_MEMBERS.has(name) ? name : undefined;
  }
  if (!ts.isIdentifier(node) || !WATCHED.has(node.text) || !isValueUse(node)) return undefined;
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node
    ? `${node.text}.${parent.name.text}`
    : node.text;
}

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

/** Not the name of a member, of a property that is being declared, or of a type. */
function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent))
    return parent.expression === node || isNamed(parent.expression, 'globalThis');
  const declaresIt = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent);
  if (declaresIt) return (parent as ts.PropertyAssignment).initializer === node;
  return !ts.isQualifiedName(parent) && !ts.isTypeReferenceNode(parent);
}

function targetOf(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.(js|ts)$/, '');
}
