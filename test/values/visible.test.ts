import fc from 'fast-check';

import { quoted, visible } from '../../lib/values/visible';
import { wrap } from '../../lib/values/wrap';

describe('text from an org, as it is printed', () => {
  test('stays on one line, with controls and terminal codes spelled out', () => {
    expect(visible('a\nb\r\tc\u001b[31m\u0007\u009bz')).toBe('a\\nb\\r\\tc\\u001b[31m\\u0007\\u009bz');
  });

  test('shows what would be invisible or turn the direction of reading', () => {
    expect(visible('a\u202eb\u200bc\u00a0d\ufeff')).toBe('a\\u202eb\\u200bc\\u00a0d\\ufeff');
  });

  test('shows fillers and selectors that pass for letters or marks and print nothing', () => {
    expect(visible('a\u3164b\u115fc\u034fd\ufe0fe\u2800f')).toBe('a\\u3164b\\u115fc\\u034fd\\ufe0fe\\u2800f');
  });

  test('leaves letters of every language alone', () => {
    expect(visible('Größe 電話 app')).toBe('Größe 電話 app');
  });

  test('is quoted where one could not see where it ends', () => {
    expect(quoted('https://a.example/x?y=1')).toBe('https://a.example/x?y=1');
    expect(quoted('two words')).toBe('"two words"');
    expect(quoted('a "b"')).toBe('"a \\"b\\""');
    expect(quoted('(none)')).toBe('"(none)"');
  });
});

describe('wrapping', () => {
  const line = `    narrows Callback URL: ${Array.from({ length: 12 }, (_, n) => `https://a${n}.example/callback`).join(', ')}`;

  test('loses nothing and keeps every line within the width', () => {
    const wrapped = wrap(line, 60);
    expect(wrapped.length).toBeGreaterThan(4);
    expect(wrapped.every((part) => part.length <= 60)).toBe(true);
    expect(wrapped.map((part) => part.trim()).join(' ')).toBe(line.trim());
  });

  test('puts what continues deeper than where lines of ours start', () => {
    const [, ...rest] = wrap(line, 60);
    expect(rest.every((part) => /^ {12}\S/.test(part))).toBe(true);
  });

  test('breaks a value that is longer than a line, without shortening it', () => {
    const long = `    ${'x'.repeat(500)}`;
    expect(
      wrap(long, 80)
        .map((part) => part.trim())
        .join(''),
    ).toBe('x'.repeat(500));
  });

  test('never breaks inside a character', () => {
    const wrapped = wrap(`    a${'\u{1f600}'.repeat(100)}`, 60);
    expect(wrapped.map((part) => part.trim()).join('')).toBe(`a${'\u{1f600}'.repeat(100)}`);
    expect(wrapped.join('')).not.toMatch(/\p{Cs}/u);
  });

  test('leaves the terminal nothing to break, also where characters take two columns', () => {
    const wrapped = wrap(`    Label: ${'電'.repeat(100)} 話`, 60);
    const columns = wrapped.map((part) => part.length + (part.match(/[電話]/g) ?? []).length);
    expect(Math.max(...columns)).toBeLessThanOrEqual(60);
    expect(wrapped.slice(1).every((part) => part.startsWith('            '))).toBe(true);
  });

  test('keeps width and content whatever the characters, blanks and indentation', () => {
    const columns = (text: string): number => text.replace(/[^a-z ]/gu, '##').length;
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '電', '\u{1f600}'), { maxLength: 200 });
    fc.assert(
      fc.property(fc.nat(14), text, fc.integer({ min: 40, max: 100 }), (depth, characters, width) => {
        const whole = `${' '.repeat(depth)}${characters.join('')}`;
        const wrapped = wrap(whole, width);
        expect(Math.max(0, ...wrapped.map(columns))).toBeLessThanOrEqual(width);
        expect(wrapped.join('').replaceAll(' ', '')).toBe(whole.replaceAll(' ', ''));
      }),
      { numRuns: 2000 },
    );
  });

  test('takes no longer per character for a long line than for a short one', () => {
    const wrapped = wrap(`  ${'Some_App, '.repeat(100_000)}end`, 80);
    expect(wrapped.join('').match(/Some_App,/g)).toHaveLength(100_000);
  }, 5_000);

  test('leaves lines whole where there is no terminal', () => {
    expect(wrap(line, undefined)).toEqual([line]);
  });
});
