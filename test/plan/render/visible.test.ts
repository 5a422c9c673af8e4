import { quoted, visible } from '../../../lib/plan/render/visible';
import { wrap } from '../../../lib/plan/render/wrap';

describe('text from an org, as it is printed', () => {
  test('stays on one line, with controls and terminal codes spelled out', () => {
    expect(visible('a\nb\r\tc\u001b[31m\u0007\u009bz')).toBe('a\\nb\\r\\tc\\u001b[31m\\u0007\\u009bz');
  });

  test('shows what would be invisible or turn the direction of reading', () => {
    expect(visible('a\u202eb\u200bc\u00a0d\ufeff')).toBe('a\\u202eb\\u200bc\\u00a0d\\ufeff');
  });

  test('leaves letters of every language alone', () => {
    expect(visible('Größe 電話 app')).toBe('Größe 電話 app');
  });

  test('is quoted where one could not see where it ends', () => {
    expect(quoted('https://a.example/x?y=1')).toBe('https://a.example/x?y=1');
    expect(quoted('two words')).toBe('"two words"');
    expect(quoted('a "b"')).toBe('"a \\"b\\""');
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

  test('leaves lines whole where there is no terminal', () => {
    expect(wrap(line, undefined)).toEqual([line]);
  });
});
