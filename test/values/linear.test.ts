import { appNamedIn } from '../../lib/metadata/package/app-named';
import { redactor } from '../../lib/org/redact';
import { apexClassName } from '../../lib/values/apex-class-name';

/** Seconds of computing. */
function seconds(run: () => unknown): number {
  const begun = process.cpuUsage().user;
  run();
  return (process.cpuUsage().user - begun) / 1e6;
}

describe('texts that somebody made to be slow to read', () => {
  test.each<readonly [string, () => unknown]>([
    ['blanks where an app is named', () => appNamedIn(`<externalClientApplication>${' '.repeat(40_000)}<x/>`)],
    ['separators of a class name', () => apexClassName(`${'__a'.repeat(60_000)}\n`)],
    ['beginnings of a token', () => redactor([])('-eyJ'.repeat(100_000))],
    ['parts of a token', () => redactor([])('eyJabcdefgh.'.repeat(30_000))],
  ])('%s', (_, run) => {
    expect(seconds(run)).toBeLessThan(3);
  });

  test('still mean what they meant', () => {
    expect(appNamedIn('<a><externalClientApplication> Portal \n</externalClientApplication></a>')).toBe('Portal');
    expect(apexClassName('ns__Class')).toEqual({ namespace: 'ns', name: 'Class' });
    expect(apexClassName('Class')).toEqual({ name: 'Class' });
  });

  test.each([
    ['token-eyJhbGciOiJSUzI1NiJ9.payload.signature end', 'token-[redacted] end'],
    ['some-long-host.name.eyJhbGciOiJSUzI1NiJ9.payload.sig', 'some-long-host.name.[redacted]'],
    ['"eyJhbGciOiJSUzI1NiJ9.payload."', '"[redacted]"'],
    ['eyJhbGciOi', 'eyJhbGciOi'],
  ])('a token is found wherever it stands: %s', (text, shown) => {
    expect(redactor([])(text)).toBe(shown);
  });
});
