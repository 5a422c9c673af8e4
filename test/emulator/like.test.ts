import { like } from '../../lib/emulator/query/like';

it.each([
  ['', '', true],
  ['', '%', true],
  ['a', '', false],
  ['abc', 'a%c', true],
  ['abc', 'A_C', true],
  ['abc', '%b', false],
  ['abcabc', '%bc', true],
  ['abcabd', '%ab_', true],
  ['a.c', 'a.c', true],
  ['abc', 'a.c', false],
  ['abc', '%%%', true],
  ['abc', '____', false],
])('%s LIKE %s: %s', (text, pattern, found) => {
  expect(like(text, pattern)).toBe(found);
});

// As a regular expression this would outlive the test by far.
it('a pattern of many percent signs ends', () => {
  expect(like('a'.repeat(2_000), `${'%a'.repeat(200)}%z`)).toBe(false);
});
