import { posix } from 'node:path';

import { documents, exists, parse } from './documents';

describe.each(documents.map((each) => [each.path, each] as const))('%s', (path, { text, links, anchors }) => {
  it('links only to what exists', () => {
    const broken = links
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const other = file === '' ? path : posix.join(posix.dirname(path), file);
        if (!exists(other)) return true;
        if (anchor === undefined) return false;
        const known = file === '' ? anchors : documents.find((each) => each.path === other)?.anchors;
        return known?.has(anchor) !== true;
      });
    expect(broken).toEqual([]);
  });

  it('holds no mark of a docstring', () => {
    expect(text).not.toMatch(/\{@\w+/);
  });

  it('leaves the repository over https only', () => {
    expect(links.filter((target) => /^[a-z]+:/.test(target) && !target.startsWith('https://'))).toEqual([]);
  });
});

describe('the reader of documents', () => {
  it('sees links, anchors, spans and blocks, and nothing in blocks', () => {
    const seen = parse('a.md', '# A `b` (c)\n\n<a id="d"></a>\n\n[x](y.md#z) `--flag`\n\n```sh\n`no` [n](o)\n```\n');
    expect(seen.links).toEqual(['y.md#z']);
    expect([...seen.anchors]).toEqual(['a-b-c', 'd']);
    expect(seen.spans).toEqual(['b', '--flag']);
    expect(seen.blocks).toEqual([{ language: 'sh', text: '`no` [n](o)\n' }]);
  });
});
