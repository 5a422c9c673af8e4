import { inspect } from 'node:util';

import { diagnoseInWords } from '../../lib/values/diagnose';
import { ClientAppsError, type Diagnostic, isClientAppsError } from '../../lib/values/diagnostic';

const problem = (path: string, over: Partial<Diagnostic> = {}): Diagnostic => ({
  ...diagnoseInWords('wrong-value', { path, problem: 'this is wrong', remedy: 'correct it' }),
  ...over,
});

describe('the error of this library, as Node prints it where nothing catches it', () => {
  const error = new ClientAppsError(
    'INVALID_DECLARATION',
    [problem('a/prod/X'), problem('a/uat/X'), problem('a/Y', { value: '1' })],
    {
      summary: '3 errors. Nothing was synthesized.',
    },
  );

  test('is its message once: no frames, no object', () => {
    expect(inspect(error).split('this is wrong')).toHaveLength(3);
    expect(inspect(error)).not.toMatch(/diagnostics|^ +at |code:/m);
    expect(inspect(error)).toMatch(/3 errors\. Nothing was synthesized\.\]?$/);
  });

  test('tells one mistake of several orgs once, with all places', () => {
    expect(error.message).toContain('error: a: 2 places: this is wrong [wrong-value]');
    expect(error.message).toContain('where:   prod/X, uat/X');
    expect(error.message).toContain('error: a/Y: this is wrong [wrong-value]\n    given:   1');
  });

  test('still gives programs every problem, its code and its name', () => {
    expect(error.diagnostics).toHaveLength(3);
    expect(error.code).toBe('INVALID_DECLARATION');
    expect(error.name).toBe('ClientAppsError');
    expect(isClientAppsError(error)).toBe(true);
    expect(error).toBeInstanceOf(Error);
  });
});
