import fc from 'fast-check';

import { consentLines, diagnosticLines } from '../../lib/reports/diagnostic-lines';
import { diagnose } from '../../lib/values/diagnose';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { saidOnce } from '../../lib/values/same-diagnostics';

const adopts = (app: string): Diagnostic => ({
  ...diagnose('adopts-app', { path: `identity/prod/${app}` }, { app }),
  declaredAt: `${app}.ts:3`,
});
const lost = (app: string): Diagnostic =>
  diagnose('certificate-would-be-lost', { path: `identity/prod/${app}` }, { app });
const words = (...found: readonly Diagnostic[]): string =>
  diagnosticLines(0, found)
    .map(({ text }) => text)
    .join('\n');

describe('diagnostics that say the same of several apps', () => {
  it('are said once, with every name and every line of code', () => {
    const shown = words(...['A', 'B', 'C'].map(adopts));
    expect(shown).toContain('note: identity/prod: 3 apps: each exists in the org and is being adopted');
    expect(shown).toContain('    where:   A (A.ts:3), B (B.ts:3), C (C.ts:3)');
    expect(shown.match(/adopts-app/g)).toHaveLength(1);
  });

  it('are one error with one remedy, which takes all the names', () => {
    const names = Array.from({ length: 20 }, (_, index) => `App${index}`);
    const lines = words(...names.map(lost)).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('error: identity/prod: 20 apps: the org does not report whether this app has');
    expect(lines[2]).toContain(`pass --allow-certificate-removal ${names.join(',')} if no client`);
    expect(lines[3]).toBe(`    where:   ${names.join(', ')}`);
  });

  it('name an app inside the sentence as well, and one by its API name where its construct is called otherwise', () => {
    const [one] = saidOnce(
      ['Crm', 'Erp'].map((app) => diagnose('adoption-needed', { path: `identity/prod/team/${app}Construct` }, { app })),
    );
    expect(one?.problem).toBe('an app of its name exists in the org and is not managed by code');
    expect(one?.remedy).toContain('--adopt Crm,Erp');
    expect(one?.where).toBe('CrmConstruct, ErpConstruct');
  });

  it('keep the line of code that they share', () => {
    const looped = ['A', 'B'].map((app) => ({ ...lost(app), declaredAt: 'main.ts:12' }));
    expect(words(...looped)).toContain('    where:   A, B\n    in code: main.ts:12');
  });

  it('are said one by one where they differ in anything but the app, or of one app alone', () => {
    expect(words(adopts('A'))).toContain('note: identity/prod/A: A exists');
    const other = { ...adopts('B'), remedy: 'something else' };
    expect(saidOnce([adopts('A'), other])).toEqual([adopts('A'), other]);
    const inside = ['A', 'B'].map((app) => diagnose('consumer-key-changed', { path: `identity/prod/${app}` }, { app }));
    expect(saidOnce(inside)).toEqual(inside);
    const graver = { ...adopts('B'), severity: 'error' as const };
    expect(saidOnce([adopts('A'), graver])).toHaveLength(2);
  });

  it('of orgs and of files are said once as well', () => {
    const [of] = saidOnce(['identity/prod', 'identity/uat'].map((path) => diagnose('own-app-unknown', { path })));
    expect([of?.path, of?.where]).toEqual(['identity: 2 places', 'prod, uat']);
    const [files] = saidOnce(['a.xml:3', 'b/c.xml:9'].map((path) => diagnose('own-app-unknown', { path })));
    expect([files?.path, files?.where]).toEqual(['2 places', 'a.xml:3, b/c.xml:9']);
  });

  it('hide no place, no line of code, no sentence and no remedy, whichever they are', () => {
    const name = fc.constantFrom('A', 'App', 'each', 'Portal', 'the', 'Portal_2', 'named');
    const diagnostic = fc
      .record({
        make: fc.constantFrom(adopts, lost, (app: string) =>
          diagnose('adoption-needed', { path: `identity/prod/${app}` }, { app }),
        ),
        name,
        folder: fc.constantFrom('identity/prod', 'identity/prod/team', 'identity/uat', 'other/prod'),
      })
      .map(({ make, name: app, folder }): Diagnostic => {
        const { declaredAt: _own, ...made } = make(app);
        const path = `${folder}/${app}`;
        return { ...made, path, ...(path.length % 2 === 0 && { declaredAt: `main.ts:${path.length}` }) };
      });
    fc.assert(
      fc.property(fc.array(diagnostic, { maxLength: 12 }), (all) => {
        for (const each of all) {
          const own = saidOnce(all).filter(({ code }) => code === each.code);
          const stated = own.find(({ path, where = '' }) =>
            where === ''
              ? path === each.path
              : where.split(', ').some((place) => {
                  const shared = path.includes(': ') ? `${path.split(': ')[0]}/` : '';
                  return `${shared}${place.replace(/ \(.*/, '')}` === each.path;
                }),
          );
          expect(stated).toBeDefined();
          expect(stated?.severity).toBe(each.severity);
          if (each.declaredAt !== undefined)
            expect(`${stated?.where} ${stated?.declaredAt}`).toContain(each.declaredAt);
          const [, asked] = /--[\w-]+ (\w+)/.exec(each.remedy) ?? [];
          if (asked !== undefined) expect(stated?.remedy).toMatch(new RegExp(`[ ,]${asked}[ ,]`));
        }
      }),
    );
  });
});

describe('errors of several apps that the same flag answers', () => {
  const lines = (...found: readonly Diagnostic[]): readonly string[] => consentLines(0, found).map(({ text }) => text);

  it('end with the one line to type where they are several errors', () => {
    const other = { ...lost('C'), problem: 'another sentence' };
    expect(lines(...['A', 'B'].map(lost), other)).toEqual(['for all 3: --allow-certificate-removal A,B,C']);
    expect(lines(...['A', 'B', 'C'].map(lost))).toEqual([]);
  });

  it('say it by their own remedy where it is one app, or the flag is about something else', () => {
    expect(lines(lost('A'))).toEqual([]);
    expect(lines(...['A', 'B'].map((app) => ({ ...lost(app), remedy: 'plan --out FILE' })))).toEqual([]);
  });

  it('ask for nothing by a warning', () => {
    expect(lines(...['A', 'B'].map((app) => ({ ...lost(app), severity: 'warning' as const })))).toEqual([]);
  });
});
