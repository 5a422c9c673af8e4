import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import ts from 'typescript';

import { ILLEGAL_DECLARATIONS, PREAMBLE, statementOf } from './illegal-declarations';

const ILLEGAL = ['illegal-states.ts', 'illegal-platforms.ts'].map((name) => join(__dirname, name));
const LEGAL = ['legal-states.ts', 'legal-platforms.ts'].map((name) => join(__dirname, name));
const DIRECTIVE = /^(\s*)\/\/ @ts-expect-error: (.*)$/gm;

/** The table of declarations as a program, of which each line must be refused. */
const TABLE = join(__dirname, 'declarations-of-the-table.ts');
const HEAD = PREAMBLE.split('\n').length;
const TABLE_TEXT = `${PREAMBLE}\n${ILLEGAL_DECLARATIONS.map(statementOf).join('\n')}\nreturn [runAs, holders];\n}\n`;

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What the compiler says about the files, with the project's own options and the directives made powerless. */
function compile(): readonly Finding[] {
  const config: { config?: unknown } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (path) => path === TABLE || exists(path);
  host.getSourceFile = (path, languageVersion) => {
    if (path === TABLE) return ts.createSourceFile(path, TABLE_TEXT, languageVersion, true);
    const text = ILLEGAL.includes(path) ? read(path)?.replace(DIRECTIVE, '$1// $2') : read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram(
    [...ILLEGAL, ...LEGAL, TABLE],
    { ...options, noEmit: true, noUnusedLocals: false },
    host,
  );
  return [...ILLEGAL, ...LEGAL, TABLE].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)].map(
      (diagnostic) => ({
        file: path,
        line: source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? -1,
        message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
      }),
    );
  });
}

interface Expectation {
  readonly file: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Line of the statement that follows each directive, and the message it must give. */
function expectations(): readonly Expectation[] {
  return ILLEGAL.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const message = /^\s*\/\/ @ts-expect-error: (.*)$/.exec(line)?.[1];
      if (message === undefined) return [];
      const length = lines.slice(index + 1).findIndex((next) => next.endsWith(';'));
      return [{ file, name: basename(file), from: index + 1, to: index + 1 + length, message }];
    });
  });
}

describe('the compiler', () => {
  const findings = compile();

  it('accepts every way to declare a client app', () => {
    expect(findings.filter(({ file }) => LEGAL.includes(file))).toEqual([]);
  });

  it.each(expectations())('refuses $name line $from: $message', ({ file, from, to, message }) => {
    const here = findings.filter((found) => found.file === file && found.line >= from && found.line <= to);
    expect(here.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it.each(ILLEGAL_DECLARATIONS.map((row, index) => ({ ...row, line: HEAD + index })))(
    'refuses $name, as terraform validate does: $refuses',
    ({ line, refuses }) => {
      const here = findings.filter((found) => found.file === TABLE && found.line === line);
      expect(here.map((finding) => finding.message).join('\n')).toContain(refuses);
    },
  );

  it('refuses nothing else of the table', () => {
    const last = HEAD + ILLEGAL_DECLARATIONS.length;
    expect(findings.filter(({ file, line }) => file === TABLE && (line < HEAD || line >= last))).toEqual([]);
  });

  it('refuses nothing else', () => {
    const expected = expectations();
    const stray = findings.filter(
      ({ file, line }) =>
        ILLEGAL.includes(file) && !expected.some((each) => each.file === file && line >= each.from && line <= each.to),
    );
    expect(stray).toEqual([]);
    expect(expected.length + ILLEGAL_DECLARATIONS.length).toBeGreaterThan(80);
  });
});
