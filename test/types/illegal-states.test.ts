import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import ts from 'typescript';

const ILLEGAL = ['illegal-states.ts', 'illegal-platforms.ts'].map((name) => join(__dirname, name));
const LEGAL = ['legal-states.ts', 'legal-platforms.ts'].map((name) => join(__dirname, name));
const DIRECTIVE = /^(\s*)\/\/ @ts-expect-error: (.*)$/gm;

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
  host.getSourceFile = (path, languageVersion) => {
    const text = ILLEGAL.includes(path) ? read(path)?.replace(DIRECTIVE, '$1// $2') : read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([...ILLEGAL, ...LEGAL], { ...options, noEmit: true }, host);
  return [...ILLEGAL, ...LEGAL].flatMap((path) => {
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

  it('refuses nothing else', () => {
    const expected = expectations();
    const stray = findings.filter(
      ({ file, line }) =>
        ILLEGAL.includes(file) && !expected.some((each) => each.file === file && line >= each.from && line <= each.to),
    );
    expect(stray).toEqual([]);
    expect(expected.length).toBeGreaterThan(30);
  });
});
