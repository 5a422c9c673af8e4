import { digest } from '../../lib/metadata/digest';
import type { Plan } from '../../lib/plan/plan';
import { planFileText, planOf, readPlan } from '../../lib/plan/plan-file';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { bench, declared, SEED, twoApps } from '../operations/support';

type Json = Record<string, unknown>;

describe('a saved plan', () => {
  let plan: Plan;
  let text = '';

  beforeAll(async () => {
    const org = await bench({ seedDir: SEED });
    plan = planOf([await org.plan(declared(twoApps))]);
    text = planFileText(plan);
    await org.close();
  });

  const problemsOf = (changed: string): readonly Diagnostic[] => {
    const read = readPlan(changed, 'plan.json');
    if (read.ok) throw new Error('the plan was accepted');
    return read.error;
  };
  /** An edit by someone who knows how to compute the checksum, so that only the checks behind it can refuse it. */
  const forged = (edit: (plan: Json) => void): string => {
    const copy = JSON.parse(text) as Json;
    edit(copy);
    Reflect.deleteProperty(copy, 'checksum');
    return JSON.stringify({ ...copy, checksum: digest(copy) });
  };
  const firstOrg = (whole: Json): Json => (whole['orgs'] as Json[])[0] ?? {};

  test('is read as it was written', () => {
    expect(readPlan(text, 'plan.json')).toEqual({ ok: true, value: plan });
  });

  test('is the same text for the same plan', () => {
    expect(planFileText(JSON.parse(JSON.stringify(plan)) as Plan)).toBe(text);
  });

  test('is refused when one value in it was edited', () => {
    const edited = text.replace('"value": "AllSelfAuthorized"', '"value": "AdminApprovedPreAuthorized"');
    expect(edited).not.toBe(text);
    expect(problemsOf(edited)).toMatchObject([{ code: 'saved-plan-unusable', path: 'plan.json', field: 'checksum' }]);
  });

  test('with the same org twice is refused, checksum or not', () => {
    const twice = forged((whole) => (whole['orgs'] as Json[]).push(firstOrg(whole)));
    expect(problemsOf(twice)).toMatchObject([{ code: 'saved-plan-unusable', field: 'orgs[1].manifest.id' }]);
  });

  test('may be formatted anew: the checksum is over its content', () => {
    expect(readPlan(JSON.stringify(JSON.parse(text)), 'plan.json').ok).toBe(true);
  });

  test('of the minor version that knew no custom scopes is read, and has none', () => {
    const old = forged((whole) => {
      whole['format_version'] = '1.1';
      const org = firstOrg(whole);
      Reflect.deleteProperty(org, 'records');
      for (const phase of org['phases'] as Json[]) Reflect.deleteProperty(phase, 'records');
    });
    const read = readPlan(old, 'plan.json');
    expect(read).toMatchObject({
      ok: true,
      value: {
        orgs: [{ records: [], phases: expect.arrayContaining([expect.objectContaining({ records: [] })]) as unknown }],
      },
    });
  });

  test.each([
    ['2.0', 'another major version'],
    ['0.9', 'another major version'],
    ['one', 'not major.minor'],
  ])('of format_version %s is refused', (version, problem) => {
    const [first, ...rest] = problemsOf(forged((whole) => (whole['format_version'] = version)));
    expect(first).toMatchObject({ field: 'format_version', value: `"${version}"` });
    expect(first?.problem).toContain(problem);
    expect(rest).toEqual([]);
  });

  test('of a newer minor version may have fields that this program does not know', () => {
    const newer = forged((whole) => {
      whole['format_version'] = '1.99';
      firstOrg(whole)['novelty'] = true;
    });
    expect(readPlan(newer, 'plan.json').ok).toBe(true);
  });

  test('of this version may not', () => {
    const [problem] = problemsOf(forged((whole) => (firstOrg(whole)['novelty'] = true)));
    expect(problem).toMatchObject({ field: 'orgs[0]' });
    expect(problem?.problem).toContain('novelty');
  });

  test('tells every field of the wrong shape at once, by its path', () => {
    const problems = problemsOf(
      forged((whole) => {
        const org = firstOrg(whole);
        org['org_id'] = 'prod';
        org['instance_url'] = 'javascript:alert(1)';
        (org['consents'] as Json)['prune'] = 'yes';
        ((org['apps'] as Json[])[1] ?? {})['action'] = 'destroy';
      }),
    );
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'orgs[0].apps[1].action',
      'orgs[0].consents.prune',
      'orgs[0].instance_url',
      'orgs[0].org_id',
    ]);
    expect(problems.find(({ field }) => field === 'orgs[0].org_id')?.value).toBe('"prod"');
  });

  test('with a manifest that was edited inside it is refused, checksum or not', () => {
    const [problem] = problemsOf(
      forged((whole) => {
        const manifest = firstOrg(whole)['manifest'] as Json;
        ((manifest['apps'] as Json[])[0] ?? {})['adopt'] = true;
      }),
    );
    expect(problem).toMatchObject({ field: 'orgs[0].manifest.digest' });
  });

  test.each([
    ['nothing', ''],
    ['half a file', '{"format_version": "1.0", "orgs": ['],
    ['a list', '[]'],
    ['no org', '{"format_version":"1.0","orgs":[],"checksum":"sha256:x"}'],
  ])('that holds %s is refused', (_, content) => {
    expect(problemsOf(content).length).toBeGreaterThan(0);
  });
});
