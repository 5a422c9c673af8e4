import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const ILLEGAL = join(__dirname, 'illegal-states.ts');
const LEGAL = join(__dirname, 'legal-states.ts');
const DIRECTIVE = /^(\s*)\/\/ @ts-expect-error: (.*)$/gm;

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What the compiler says about the two files, with the project's own options and the directives made powerless. */
function compile(): readonly Finding[] {
  const config: { config?: unknown } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const read = host.readFile.bind(host);
  host.getSourceFile = (path, languageVersion) => {
    const text = path === ILLEGAL ? read(path)?.replace(DIRECTIVE, '$1// $2') : read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([ILLEGAL, LEGAL], { ...options, noEmit: true }, host);
  return [ILLEGAL, LEGAL].flatMap((path) => {
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

/** Line of the statement that follows each directive, and the message it must give. */
function expectations(): readonly { readonly from: number; readonly to: number; readonly message: string }[] {
  const lines = readFileSync(ILLEGAL, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const message = /^\s*\/\/ @ts-expect-error: (.*)$/.exec(line)?.[1];
    if (message === undefined) return [];
    const length = lines.slice(index + 1).findIndex((next) => next.endsWith(';'));
    return [{ from: index + 1, to: index + 1 + length, message }];
  });
}

describe('the compiler', () => {
  const findings = compile();

  it('accepts every way to declare a client app', () => {
    expect(findings.filter(({ file }) => file === LEGAL)).toEqual([]);
  });

  it.each(expectations())('refuses the statement in line $from: $message', ({ from, to, message }) => {
    const here = findings.filter(({ file, line }) => file === ILLEGAL && line >= from && line <= to);
    expect(here.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it('refuses nothing else', () => {
    const expected = expectations();
    const stray = findings.filter(
      ({ file, line }) => file === ILLEGAL && !expected.some(({ from, to }) => line >= from && line <= to),
    );
    expect(stray).toEqual([]);
    expect(expected.length).toBeGreaterThan(30);
  });
});
