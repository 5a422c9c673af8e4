import { consentLines, diagnosticLines, sameNotesOnce } from '../../lib/reports/diagnostic-lines';
import { diagnose } from '../../lib/values/diagnose';
import type { Diagnostic } from '../../lib/values/diagnostic';

const adopts = (app: string): Diagnostic => ({
  ...diagnose('adopts-app', { path: `identity/prod/${app}` }, { app }),
  severity: 'note',
  declaredAt: `${app}.ts:3`,
});
const words = (...found: readonly Diagnostic[]): string =>
  diagnosticLines(0, found)
    .map(({ text }) => text)
    .join('\n');

describe('notes that say the same of several apps', () => {
  it('are said once, with every name', () => {
    const shown = words(...['A', 'B', 'C'].map(adopts));
    expect(shown).toContain('note: identity/prod: 3 apps (A, B, C): each exists in the org and is taken over');
    expect(shown.match(/adopts-app/g)).toHaveLength(1);
  });

  it('are said one by one where they differ in anything but the app, or of one app alone', () => {
    expect(words(adopts('A'))).toContain('note: identity/prod/A: A exists');
    const other = { ...adopts('B'), remedy: 'something else' };
    expect(sameNotesOnce([adopts('A'), other])).toEqual([adopts('A'), other]);
    const beside = ['A', 'B'].map((app) => ({
      ...diagnose('connected-app-beside', { path: `identity/prod/${app}` }, { app }),
      severity: 'note' as const,
    }));
    expect(sameNotesOnce(beside)).toEqual(beside);
  });

  it('never take a warning or an error with them', () => {
    const warnings = ['A', 'B'].map((app) => ({ ...adopts(app), severity: 'warning' as const }));
    expect(sameNotesOnce(warnings)).toEqual(warnings);
  });

  it('keep the name of an app to be typed as a word of its own', () => {
    const notes = ['A', 'B'].map((app) => diagnose('certificate-unknown', { path: `identity/prod/${app}` }, { app }));
    const [one] = sameNotesOnce(notes.map((note) => ({ ...note, severity: 'note' as const })));
    expect(one?.path).toBe('identity/prod: 2 apps (A, B)');
    expect(one?.remedy).toContain('--allow-certificate-removal A,B if');
  });
});

describe('errors of several apps that the same flag answers', () => {
  const lost = (app: string): Diagnostic =>
    diagnose('certificate-would-be-lost', { path: `identity/prod/${app}` }, { app });
  const lines = (...found: readonly Diagnostic[]): readonly string[] => consentLines(0, found).map(({ text }) => text);

  it('end with the one line to type', () => {
    expect(lines(...['A', 'B', 'C'].map(lost))).toEqual(['for all 3: --allow-certificate-removal A,B,C']);
  });

  it('say it by their own remedy where it is one app, or the flag is about something else', () => {
    expect(lines(lost('A'))).toEqual([]);
    expect(lines(...['A', 'B'].map((app) => ({ ...lost(app), remedy: 'plan --out FILE' })))).toEqual([]);
  });

  it('ask for nothing by a warning', () => {
    expect(lines(...['A', 'B'].map((app) => ({ ...lost(app), severity: 'warning' as const })))).toEqual([]);
  });
});
