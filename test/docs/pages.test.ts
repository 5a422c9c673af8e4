import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { docPages, firstSentence } from '../../scripts/doc-pages';
import { documents, exists, ROOT } from './documents';
import { OTHER_BLOCKS, WRITTEN } from './other-blocks';
import { SHELL_BLOCKS } from './shell-blocks';

const PAGES = [...docPages((path) => readFileSync(join(ROOT, path), 'utf8')).values()].flat();

describe('docs/pages.json', () => {
  it('has every page for users, once', () => {
    const all = documents.map(({ path }) => path).filter((path) => /^docs\/[\w-]+\.md$/.test(path));
    expect(PAGES.map(({ path }) => path).sort()).toEqual([...all].sort());
  });
});

describe('the first sentence of a page', () => {
  it.each([
    ['One. Two.', 'One.'],
    ['See [the plan](plan.md), e.g. this one. `apply` follows.', 'See the plan, e.g. this one.'],
    ['By environment:', 'By environment.'],
  ])('of "%s" is "%s"', (paragraph, sentence) => {
    expect(firstSentence(paragraph)).toBe(sentence);
  });
});

const isShell = (language: string): boolean => language === 'sh';
const isCompiled = (language: string): boolean => language === 'ts';

describe.each([
  ['shell', SHELL_BLOCKS, isShell],
  ['any other language', OTHER_BLOCKS, (language: string) => !isShell(language) && !isCompiled(language)],
] as const)('each block of %s', (_, table, belongs) => {
  it.each(documents.filter(({ path }) => !WRITTEN.test(path)).map(({ path, blocks }) => [path, blocks] as const))(
    'of %s is tried, or it says why not',
    (path, blocks) => {
      const count = blocks.filter(({ language }) => belongs(language)).length;
      const tried = table[path] ?? [];
      expect(tried.length).toBe(count);
      const files = tried.flatMap((each) => ('run' in each ? [each.run] : 'likewise' in each ? [each.likewise] : []));
      expect(files.filter((file) => !exists(file))).toEqual([]);
      // Who runs it as it stands reads the document.
      const readers = tried.flatMap((each) => ('run' in each ? [readFileSync(join(ROOT, each.run), 'utf8')] : []));
      expect(readers.filter((text) => !text.includes(path))).toEqual([]);
    },
  );
});

describe('a block', () => {
  it('is seen wherever a page has one, in a list, too', () => {
    const fences = documents.flatMap(({ path, text }) => (text.match(/^ *```/gm) ?? []).map(() => path));
    const blocks = documents.flatMap(({ path, blocks: all }) => all.flatMap(() => [path, path]));
    expect(fences.sort()).toEqual(blocks.sort());
    expect(documents.flatMap(({ blocks: all }) => all).filter(({ language }) => language === '')).toEqual([]);
  });
});
