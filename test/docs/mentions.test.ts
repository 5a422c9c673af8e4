import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, posix } from 'node:path';

import { EXIT } from '../../lib/cli/exit-code';
import { LOGIN_WAYS, PASSWORD_VARIABLES, VARIABLES } from '../../lib/org/login-ways';
import { programToRead } from '../../scripts/command-reference';
import { document, documents, exists, repositoryFiles, ROOT, shellLines } from './documents';

const PROGRAM = programToRead();
const COMMANDS = new Map(
  PROGRAM.commands.map((command) => [
    command.name(),
    new Set(
      [command, ...command.commands]
        .flatMap(({ options }) => options)
        .flatMap(({ long, short }) => [long, short].filter((flag) => flag !== undefined)),
    ),
  ]),
);
const COMMON = PROGRAM.options.flatMap(({ long }) => long ?? []).concat('--help');
const ANY_FLAG = new Set([...COMMANDS.values()].flatMap((flags) => [...flags]).concat(COMMON));
const SCRIPTS = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|\s)(--[a-z][a-z-]*)/g)].map(([, flag]) => flag ?? '');

/** What a line of shell or a span asks of our program, as `command --flag`, where the program does not have it. */
function unknownUses(line: string): readonly string[] {
  const found = /(?:^|\s)client-apps(?: ([a-z]\S*))?((?:\s.*)?)$/.exec(line);
  if (!found) return [];
  const [, command, rest = ''] = found;
  if (command === undefined) return [];
  const flags = COMMANDS.get(command);
  if (!flags) return [command];
  return flagsIn(rest).filter((flag) => !flags.has(flag) && !COMMON.includes(flag));
}

describe.each(documents.map((each) => [each.path, each] as const))('%s', (_, read) => {
  it('uses commands and options that exist', () => {
    const lines = shellLines(read).flatMap((line) => line.split(/&&|\|/));
    const commands = read.spans.filter((span) => /^(npx )?client-apps /.test(span) && !span.includes('COMMAND'));
    expect([...lines, ...commands].flatMap(unknownUses)).toEqual([]);
    const bare = read.spans.filter((span) => span.startsWith('--')).flatMap(flagsIn);
    expect(bare.filter((flag) => !ANY_FLAG.has(flag))).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const places = /^(?:lib|constructs|test|scripts|docs|examples|bench|schemas|bootstrap|\.ci)\/[\w./-]*$/;
    const paths = read.spans.filter((span) => places.test(span)).map((span) => span.replace(/\/$/, ''));
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });

  it('calls npm scripts that exist', () => {
    const lines = [...shellLines(read), ...read.spans];
    const called = lines.flatMap((line) => [...line.matchAll(/npm run (?:--\S+ )?([\w:]+)/g)].map(([, name]) => name));
    expect(called.filter((name) => name === undefined || !(name in SCRIPTS))).toEqual([]);
  });

  it('names environment variables that are read', () => {
    const named = [...read.text.matchAll(/\bSF_([A-Z][A-Z_]*[A-Z])\b/g)].map(([, name]) => name ?? '');
    const known: readonly string[] = [...VARIABLES, ...PASSWORD_VARIABLES];
    const strays = named.filter((name) => !known.some((each) => name === each || name.endsWith(`_${each}`)));
    expect(strays).toEqual([]);
  });
});

describe('the page of commands and exit codes', () => {
  const { text } = document('docs/exit-codes.md');

  it('has every command and every exit code', () => {
    for (const command of COMMANDS.keys()) expect(text).toContain(`| \`client-apps ${command}`);
    for (const code of Object.values(EXIT)) expect(text).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
  });

  it('has every schema, and one for every command that prints JSON', () => {
    for (const file of readdirSync(join(ROOT, 'schemas'))) expect(text).toContain(`](../schemas/${file})`);
    const json = [...COMMANDS].flatMap(([name, flags]) => (flags.has('--json') || flags.has('--format') ? [name] : []));
    // How a saved plan is shown is for people.
    for (const name of json.filter((each) => each !== 'show'))
      expect(text).toMatch(new RegExp(`\`${name} [a-z- ]*(--json|json)\``));
  });
});

describe('the page on logging in', () => {
  it('has every way', () => {
    const variables = LOGIN_WAYS.flatMap(({ needs }) => needs.flat());
    for (const variable of variables) expect(document('docs/login.md').spans).toContain(`SF_${variable}`);
  });
});

describe('the README', () => {
  const readme = document('README.md');

  it('is a screen for each question: 150 lines at most', () => {
    expect(readme.text.split('\n').length).toBeLessThanOrEqual(151);
  });

  it('leads to every page for users, in one click or two', () => {
    const pages = (path: string): readonly string[] =>
      document(path)
        .links.map((target) => posix.join(posix.dirname(path), target.replace(/#.*$/, '')))
        .filter((target) => /^docs\/[\w-]+\.md$/.test(target));
    const near = pages('README.md');
    const reached = new Set([...near, ...near.flatMap(pages)]);
    const all = documents.map(({ path }) => path).filter((path) => /^docs\/[\w-]+\.md$/.test(path));
    expect(all.filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe('the repository', () => {
  it('carries no path and no name of the machine it was written on', () => {
    // Where this very copy lies is as good as any: what was typed in from it would be found by whoever wrote it.
    const marks = [ROOT, `${homedir()}/`].filter((mark) => mark.length > 5);
    if (!/^(localhost|[a-z]{1,8})$/i.test(hostname())) marks.push(hostname());
    const found = repositoryFiles().flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return marks.filter((mark) => text.includes(mark)).map((mark) => `${path}: ${mark}`);
    });
    expect(found).toEqual([]);
  });

  it('names no absolute path in its documents but those of examples', () => {
    const absolute = /(?:^|[\s`'"(=])(\/(?:home|root|work|Users|mnt|opt|tmp|var)\/[^\s`'")]+)/g;
    const found = documents.flatMap(({ path, text }) =>
      [...text.matchAll(absolute)].map(([, place]) => `${path}: ${place}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the reader of mentions', () => {
  it.each([
    ['npx client-apps plan --out plan.json', []],
    ['npx client-apps plan --outt plan.json', ['--outt']],
    ['client-apps obliterate', ['obliterate']],
    ['client-apps stop --adopt X', ['--adopt']],
    ['openssl req --whatever', []],
  ])('%s', (line, unknown) => {
    expect(unknownUses(line)).toEqual(unknown);
  });
});

describe('ARCHITECTURE.md', () => {
  const { spans } = document('ARCHITECTURE.md');

  it('is three pages', () => {
    expect(statSync(join(ROOT, 'ARCHITECTURE.md')).size).toBeLessThanOrEqual(16_000);
  });

  it('names no file that is gone, where it leaves out the folder', () => {
    const files = new Set(repositoryFiles().map((path) => posix.basename(path)));
    const named = spans.filter((span) => /^[a-z-]+\.(ts|mjs)$/.test(span));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !files.has(name))).toEqual([]);
  });
});
