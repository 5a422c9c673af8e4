import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { valueClasses } from '../../scripts/value-reference';
import { document, documents, ROOT } from './documents';

const SNIPPETS = documents.flatMap(({ path, blocks }) =>
  blocks
    .filter(({ language }) => language === 'ts' || language === 'typescript')
    .map(({ text }, index) => ({ name: `${path} ${index + 1}`, text })),
);

/** Everything that docs/options.md shows as a way to write a value, as one module. */
function writtenValues(): string {
  const classes = valueClasses();
  const values = classes.flatMap((each) => each.values.map(({ expression }) => `  ${expression},`));
  return `import { ${classes.map(({ name }) => name).join(', ')}, type Justification } from 'cdktf-salesforce-client-apps';
declare const justification: Justification;
declare const pem: string;
export const values = [
${values.join('\n')}
];
`;
}

/** Problems of each text as a module of a user's, against the sources, by name. */
function compile(texts: readonly { readonly name: string; readonly text: string }[]): ReadonlyMap<string, string> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const strict: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    paths: {
      'cdktf-salesforce-client-apps': [join(ROOT, 'constructs/index.ts')],
      'cdktf-salesforce-client-apps/testing': [join(ROOT, 'constructs/testing.ts')],
      'cdktf-salesforce-client-apps/executor': [join(ROOT, 'lib/executor.ts')],
    },
  };
  const files = new Map(texts.map(({ text }, index) => [join(ROOT, `snippet-${index}.ts`), text]));
  const host = ts.createCompilerHost(strict);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  const onDisk = host.fileExists.bind(host);
  host.fileExists = (path) => files.has(path) || onDisk(path);
  const program = ts.createProgram([...files.keys()], strict, host);
  const names = [...files.keys()];
  return new Map(
    texts.map(({ name }, index) => {
      const file = program.getSourceFile(names[index] ?? '');
      const problems = file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)] : [];
      const shown = problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      return [name, file ? shown.join('\n') : 'was not compiled'];
    }),
  );
}

describe('the TypeScript in documents', () => {
  it('compiles against the sources', () => {
    const wrong = { name: 'a wrong one', text: "import { Scope } from 'cdktf-salesforce-client-apps';\nScope.NONE;\n" };
    const values = { name: 'docs/options.md, the values', text: writtenValues() };
    const problems = compile([...SNIPPETS, values, wrong]);
    expect(SNIPPETS.length).toBeGreaterThan(2);
    for (const { name } of [...SNIPPETS, values]) expect([name, problems.get(name)]).toEqual([name, '']);
    // Proves that the compiler looked.
    expect(problems.get('a wrong one')).toContain("'NONE' does not exist");
  });

  it('begins with the ten lines that are installed and run from the package', () => {
    const tenLines = readFileSync(join(ROOT, 'test/package/ten-lines.ts'), 'utf8');
    expect(document('README.md').blocks[0]).toEqual({ language: 'ts', text: tenLines });
  });
});
