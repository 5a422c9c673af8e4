import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { docPages, firstSentence } from '../../scripts/doc-pages';
import { documents, ROOT } from './documents';

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
