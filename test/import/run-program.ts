import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { App } from 'cdktf';
import ts from 'typescript';

import * as library from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import type { ProgramFile } from '../../lib/import/model';
import type { Manifest } from '../../lib/metadata/manifest';
import { temporaryFolder } from '../constructs/support';
import { ROOT } from '../docs/documents';

/** What a person does with the justifications that an import leaves blank. */
export const filledIn = (files: readonly ProgramFile[]): readonly ProgramFile[] =>
  files.map(({ path, text }) => ({
    path,
    text: text
      .replaceAll("reason: ''", "reason: 'agreed'")
      .replaceAll("approvedBy: ''", "approvedBy: 'iam@acme.example'"),
  }));

/** Nothing is written here; cdktf wants the folder all the same. */
const outdir = temporaryFolder();

/** Runs the program and gives back what it declares. Types are looked at by {@link problemsOf}. */
export function manifestsOf(files: readonly ProgramFile[], today: string): readonly Manifest[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const load = (path: string): Readonly<Record<string, unknown>> => {
    const text = texts.get(path);
    if (text === undefined) throw new Error(`the program has no file ${path}`);
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const module = { exports: {} };
    const require = (name: string): unknown => {
      if (name === 'cdktf') return jest.requireActual('cdktf');
      if (name === 'cdktf-salesforce-client-apps') return { ...library, Certificate: onFiles(texts) };
      return load(name.replace(/^\.\//, '').replace(/\.js$/, '.ts'));
    };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- runs the program as Node would, in this realm
    const run = new Function('require', 'module', 'exports', outputText) as (...given: unknown[]) => void;
    run(require, module, module.exports);
    return module.exports;
  };
  const app = new App({ outdir, context: { [library.TODAY_CONTEXT]: today } });
  const { declareClients } = load('clients.ts') as { declareClients: (app: App) => void };
  declareClients(app);
  return synthManifests(app);
}

/** Reads certificates of the program; one that a person has to bring is brought. */
const onFiles = (texts: ReadonlyMap<string, string>) => ({
  fromFile: (path: string) => library.Certificate.fromPem(texts.get(path) ?? BROUGHT),
});

const BROUGHT = readFileSync(join(ROOT, 'examples/server-integration/certs/warehouse-feed.crt'), 'utf8');

/** What the compiler, strict, has against the programs, all in one compilation. */
export function problemsOf(programs: readonly (readonly ProgramFile[])[]): readonly string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const strict: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    paths: { 'cdktf-salesforce-client-apps': [join(ROOT, 'constructs/index.ts')] },
  };
  const files = new Map(
    programs.flatMap((program, index) =>
      program
        .filter(({ path }) => path.endsWith('.ts'))
        .map(({ path, text }) => [join(ROOT, `imported-${index}`, path), text] as const),
    ),
  );
  const host = ts.createCompilerHost(strict);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  };
  const onDisk = host.fileExists.bind(host);
  host.fileExists = (path) => files.has(path) || onDisk(path);
  // Folders of the programs are nowhere, and yet there.
  host.directoryExists = (path) =>
    ts.sys.directoryExists(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  const program = ts.createProgram([...files.keys()], strict, host);
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    if (!file) return [`${path} was not compiled`];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start = 0 }) => {
        const line = file.getLineAndCharacterOfPosition(start).line;
        return `${path}:${line + 1} ${file.text.split('\n')[line] ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    );
  });
}

/** The code alone: not comments, and not certificates, which a person may have brought. */
export const withoutComments = (files: readonly ProgramFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.endsWith('.ts'))
    .map(({ text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*\/\//.test(line))
        .join('\n'),
    );

/** Comments as one text each, so that what is said is found wherever a line ends. */
export const spoken = (files: readonly ProgramFile[]): string =>
  files.map(({ text }) => text.replace(/\n\s*\/\/ /g, ' ')).join('\n');
