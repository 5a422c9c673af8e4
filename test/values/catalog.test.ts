import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { toTerraform } from '../../lib/terraform/terraform-diagnostic';
import { CATALOG, codeOf, type EntryName, entryOf, isOther, PARTS, remedyFor } from '../../lib/values/catalog';
import { NOTHING_TO_DO } from '../../lib/values/catalog/entry';
import { diagnose, diagnoseInWords } from '../../lib/values/diagnose';
import { type Diagnostic, formatDiagnostic } from '../../lib/values/diagnostic';
import { orgProblem } from '../../lib/values/org-problem';
import { ROOT, sourcesIn } from '../architecture/source';

const CODES = Object.keys(CATALOG);

/** Codes that are put together where they are used; the compiler checks the parts. */
const COMPOSED =
  /^org-|^(run-as|execute-as)-(unread|missing|inactive)$|^(prerequisite-unchecked|deploying-user-lacks-permission|approval-needed|deletes-app)\//;

describe('the catalog of diagnostics', () => {
  it('defines each code once', () => {
    const all = Object.values(PARTS).flatMap((part) => Object.keys(part));
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
    expect([...all].sort()).toEqual([...CODES].sort());
  });

  it('has no entry that nothing uses; a code with cases may have them alone', () => {
    const sources = sourcesIn('lib', 'constructs').filter(({ path }) => !path.startsWith('lib/values/catalog'));
    const text = sources.map(({ path }) => readFileSync(join(ROOT, path), 'utf8')).join('\n');
    const idle = CODES.filter((code) => !COMPOSED.test(code) && !text.includes(`'${code}'`));
    expect(idle.filter((code) => !CODES.some((each) => each.startsWith(`${code}/`)))).toEqual([]);
  });

  it('has all words, but for those of whoever reads a value or a document that people write', () => {
    const tell = sourcesIn('lib', 'constructs').filter(({ imports }) =>
      imports.some(({ names }) => names.includes('diagnoseInWords')),
    );
    expect(tell.map(({ path }) => path).sort()).toEqual([
      'lib/cli/baseline-file.ts',
      'lib/declaration/reading.ts',
      'lib/emulator/misused.ts',
      'lib/metadata/json-document.ts',
      'lib/policy/exceptions.ts',
      'lib/synth/org-options.ts',
      'lib/values/org-problem.ts',
    ]);
  });

  it('has codes in kebab-case, which no code of Salesforce, of the network or of a control is', () => {
    expect(CODES.filter((code) => !/^[a-z]+(-[a-z]+)*(\/[a-z]+(-[a-z]+)*)?$/.test(code) || isOther(code))).toEqual([]);
  });

  it('has cases only of a code that it has, with no other words for Terraform than the code has', () => {
    for (const name of CODES.filter((each) => each.includes('/'))) {
      expect([name, CODES.includes(codeOf(name as EntryName))]).toEqual([name, true]);
      expect([name, entryOf(name)?.remedy]).toEqual([name, expect.any(String)]);
    }
  });

  it('takes the code of a failed request for one of its own only where it is', () => {
    expect(['INVALID_FIELD', 'invalid_grant', 'ECONNREFUSED', 'SFCA-ECA-PKCE'].every(isOther)).toBe(true);
  });

  it.each(Object.entries(CATALOG))('says of %s what is wrong and what to do, in each front end', (code) => {
    const entry = entryOf(code);
    expect(entry?.says).toMatch(/^[^\s].*[^.\s]$/);
    for (const front of ['command-line', 'terraform'] as const) {
      const remedy = remedyFor(front, entry?.remedy ?? '');
      expect(remedy).toMatch(/^\S.*[^.\s]$/);
      if (front === 'terraform' && typeof entry?.remedy === 'object') expect(remedy).not.toMatch(/--[a-z]/);
    }
  });
});

describe('a remedy', () => {
  it.each(Object.keys(CATALOG))('of %s is something to do, or nothing and no line says so', (code) => {
    for (const front of ['command-line', 'terraform'] as const) {
      const remedy = remedyFor(front, entryOf(code)?.remedy ?? '');
      // "nothing was changed" tells what happened, before what to do.
      if (/^(nothing|no action)\b(?! was )/i.test(remedy)) expect(remedy).toBe(NOTHING_TO_DO);
    }
  });

  it('that is nothing leaves no line about what to do', () => {
    const idle = Object.entries(CATALOG).filter(([, { remedy }]) => remedy === NOTHING_TO_DO);
    expect(idle.length).toBeGreaterThan(2);
    for (const [code, { says }] of idle) {
      const shown = diagnoseInWords(code as EntryName, { path: 'p', problem: says });
      expect(formatDiagnostic(shown)).not.toMatch(/to do|nothing$/m);
      expect(toTerraform(shown).detail).not.toMatch(/to do|nothing$/m);
    }
  });
});

describe('what to do about a diagnostic', () => {
  const remedy = { construct: 'set adopt: true', cli: 'pass --adopt X', terraform: 'import it', always: 'rename it' };

  it('is an option or a flag on the command line', () => {
    expect(remedyFor('command-line', remedy)).toBe('set adopt: true, pass --adopt X, or rename it');
  });

  it('is neither under Terraform', () => {
    expect(remedyFor('terraform', remedy)).toBe('import it, or rename it');
  });
});

describe('the code of a failed request', () => {
  it('is the one of Salesforce or the network, and ours for the kind where there is none', () => {
    const codeOf = (errorCode: string | undefined) =>
      orgProblem({ kind: 'login', errorCode, message: 'no', remedy: 'log in' }, 'p').code;
    expect(codeOf('INVALID_SESSION_ID')).toBe('INVALID_SESSION_ID');
    expect(codeOf('NamedOrgNotFoundError')).toBe('org-login');
    expect(codeOf(undefined)).toBe('org-login');
  });
});

describe('a diagnostic made from the catalog', () => {
  it('names the facts in its words, and keeps the braces of code', () => {
    expect(diagnose('two-default-handlers', { path: 'p' }, { app: 'Portal', other: 'Exchange' })).toEqual({
      code: 'two-default-handlers',
      severity: 'error',
      path: 'p',
      problem: 'Exchange is already the default handler of Portal',
      allowed: 'one default handler for each app',
      remedy: 'set isDefault: false for Portal in one of the two',
    });
    expect(diagnose('superfluous-option', { path: 'p' }).allowed).toBe('no certificate here');
  });

  it('is the only kind there is: one that is written by hand does not compile', () => {
    const shown = { severity: 'error', path: 'p', problem: 'x', remedy: 'y' } as const;
    // @ts-expect-error only the catalog makes its code
    const byHand: Diagnostic = { ...shown, code: 'plan-stale' };
    expect(byHand.code).toBe('plan-stale');
    // @ts-expect-error no code that there is
    expect(diagnose('no-org', { path: 'p' }, { what: '', type: '', id: '' }).code === 'no-such-code').toBe(false);
  });

  it('does not compile without the facts, with others, or under another code', () => {
    // @ts-expect-error the app is missing
    diagnose('two-default-handlers', { path: 'p' }, { other: 'Exchange' });
    // @ts-expect-error no fact of this name
    diagnose('two-default-handlers', { path: 'p' }, { app: 'Portal', other: 'Exchange', org: 'prod' });
    // @ts-expect-error this code names nothing
    diagnose('superfluous-option', { path: 'p' }, { app: 'Portal' });
    // @ts-expect-error there is no such code
    expect(() => diagnose('no-such-code', { path: 'p' })).toThrow();
  });

  it('says what this place knows better: how bad it is, what is allowed, and which name was meant', () => {
    const place = { path: 'p', severity: 'warning', allowed: 'prod', meant: 'prod' } as const;
    expect(diagnose('org-unknown', place, { org: 'prodd' })).toMatchObject({
      severity: 'warning',
      problem: 'no org in this run is named prodd',
      allowed: 'prod',
      remedy: 'did you mean prod?',
    });
  });

  it('does not compile with words of the place', () => {
    // @ts-expect-error the catalog says what is wrong
    diagnose('plan-stale', { path: 'p', problem: 'something moved' });
    const place = { path: 'p', remedy: 'plan again' };
    // @ts-expect-error the catalog says what to do
    expect(diagnose('plan-stale', place).code).toBe('plan-stale');
  });
});
