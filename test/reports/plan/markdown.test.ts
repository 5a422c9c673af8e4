import { planOf } from '../../../lib/plan/plan-file';
import { MARKDOWN_LIMIT, MARKDOWN_MARKER, planMarkdown } from '../../../lib/reports/plan/markdown';
import { diagnose } from '../../../lib/values/diagnose';
import { app, change, fullScope, orgPlan, pkceOff } from './support';

const widening = { ...fullScope, effect: 'widens' } as const;

describe('the plan as a comment on a pull request', () => {
  test('starts with a marker by which a script finds it again', () => {
    expect(planMarkdown(planOf([orgPlan([])]))).toMatch(
      new RegExp(`^${MARKDOWN_MARKER}\n## Client apps: no changes\n`),
    );
  });

  test('never says no changes of an org with a stopped app, nor of an app that was left out', () => {
    const stopped = planMarkdown(
      planOf([orgPlan([app({ api_name: 'Off', stopped: true }), app({ api_name: 'Fine' })])]),
    );
    expect(stopped).toContain('## Client apps: nothing to apply: 1 in sync, 1 stopped\n');
    expect(stopped).toContain('<code>Off</code></b> <code>Portal</code>: private client app, stopped in the org');
    expect(stopped).toContain('<code>prod</code>: In sync (1)');
    const consents = { ...orgPlan([]).consents, except: ['Skipped'] };
    const skipped = planMarkdown(planOf([orgPlan([app({ api_name: 'Skipped' })], { consents })]));
    expect(skipped).toContain('## Client apps: nothing to apply: 1 left alone\n');
    expect(skipped).toContain('⚠️ Not compared with the org: 1 app left out of this run (Skipped).');
  });

  test('puts the worst first, also across orgs', () => {
    const harmless = orgPlan([app({ api_name: 'Harmless', action: 'update', changes: [pkceOff], effect: 'narrows' })]);
    const worse = orgPlan([app({ api_name: 'Worse', action: 'update', changes: [widening], effect: 'widens' })], {
      org: 'uat',
    });
    const shown = planMarkdown(planOf([harmless, worse]));
    expect(shown.indexOf('`Worse`')).toBeLessThan(shown.indexOf('`Harmless`'));
    expect(shown).toContain('1 change widening existing access');
  });

  test('says nothing of length where everything is there', () => {
    expect(planMarkdown(planOf([orgPlan([app({ action: 'update', changes: [pkceOff] })])]))).not.toContain('Too long');
  });

  test('puts new apps that have more than the platform gives before other new apps', () => {
    const plain = app({ api_name: 'Plain', action: 'create', changes: [pkceOff], effect: 'narrows' });
    const open = app({ api_name: 'Open', action: 'create', changes: [widening], effect: 'widens' });
    const shown = planMarkdown(planOf([orgPlan([plain, open])]));
    expect(shown.indexOf('<code>Open</code>')).toBeLessThan(shown.indexOf('<code>Plain</code>'));
  });

  test('puts what breaks clients before what no one feels', () => {
    const unfelt = app({ api_name: 'Unfelt', action: 'update', changes: [change({})] });
    const breaking = change({ field: 'callbackUrl', impact: { level: 'breaks', who: 'clients' } });
    const felt = app({ api_name: 'Felt', action: 'update', changes: [breaking] });
    const shown = planMarkdown(planOf([orgPlan([unfelt, felt])]));
    expect(shown.indexOf('`Felt`')).toBeLessThan(shown.indexOf('`Unfelt`'));
  });

  test('a summary is HTML, whatever an app is called: Markdown in it would push its triangle to a line of its own', () => {
    const created = app({ api_name: 'New', label: 'A <b> & `tick` **x**', action: 'create' });
    expect(planMarkdown(planOf([orgPlan([created])]))).toContain(
      '<details><summary><b>+ <code>New</code></b> <code>A &lt;b&gt; &amp; `tick` **x**</code>: ',
    );
  });

  test('folds away what does not change', () => {
    const shown = planMarkdown(planOf([orgPlan([app({ api_name: 'Fine' })], { unmanaged: ['ConnectedApp:Old'] })]));
    expect(shown).toMatch(/<details><summary><code>prod<\/code>: In sync \(1\)<\/summary>\n\n`Fine`\n/);
    expect(shown).toContain('<code>prod</code>: Unmanaged, left alone (1)');
  });

  test('tells errors before anything else', () => {
    const error = diagnose('fact-unread', { path: 'p', severity: 'error' }, { reason: 'broken' });
    const shown = planMarkdown(
      planOf([orgPlan([app({ action: 'update', changes: [widening] })], { diagnostics: [error] })]),
    );
    expect(shown.indexOf('broken')).toBeLessThan(shown.indexOf('<code>Portal</code>'));
  });

  test('fits into a comment with 2,000 apps, counts what it leaves out, and keeps the worst', () => {
    const many = Array.from({ length: 2000 }, (_, n) =>
      app({ api_name: `App_${n}`, label: 'x'.repeat(80), action: 'create', changes: [pkceOff, fullScope] }),
    );
    const worst = app({ api_name: 'Worst', action: 'update', changes: [widening], effect: 'widens' });
    const shown = planMarkdown(planOf([orgPlan([...many, worst])]));
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(shown).toContain('2000 to create, 1 to update');
    expect(shown).toMatch(/<summary><b>~ <code>Worst<\/code><\/b>[^]*commaSeparatedOauthScopes/);
    expect(shown).toContain('`App_1999`');
    expect(shown).toMatch(/Too long for one comment: 1\d{3} sections shown without details\./);
    expect(shown.match(/<details(?: open)?>/g)).toHaveLength(shown.match(/<\/details>/g)?.length ?? 0);
  });

  test('says how much it left out where not even the names fit', () => {
    const many = Array.from({ length: 9000 }, (_, n) => app({ api_name: `App_${n}`, action: 'create' }));
    const shown = planMarkdown(planOf([orgPlan(many)]));
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(shown).toMatch(/Too long for one comment: .*, \d+ sections left out\./);
  });

  test('a value of any size does not push out the rest', () => {
    const huge = change({ after: { state: 'value', value: 'y'.repeat(100_000) } });
    const shown = planMarkdown(
      planOf([
        orgPlan([
          app({ api_name: 'Huge', action: 'update', changes: [huge], effect: 'widens' }),
          app({ api_name: 'Small', action: 'update', changes: [pkceOff] }),
        ]),
      ]),
    );
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(shown).toContain('`Huge`');
    expect(shown).toContain('isPkceRequired');
    expect(shown).toContain('1 section shown without details');
  });

  test('a value made of back quotes alone is taken like any other', () => {
    const label = '`a'.repeat(300_000);
    const shown = planMarkdown(planOf([orgPlan([app({ label, action: 'update', changes: [pkceOff] })])]));
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(shown).toContain('1 section shown without details');
  });

  test.each([
    ['markup', '**bold** <img src=x onerror=alert(1)> [a](http://evil.example) @security'],
    ['a heading on a new line', 'x\n## Client apps: no changes'],
    ['back quotes', 'a`b``c```\n```\n</details>'],
    ['only a back quote', '`'],
  ])('a label with %s stays inside its code span', (_, label) => {
    const shown = planMarkdown(planOf([orgPlan([app({ label, action: 'update', changes: [pkceOff] })])]));
    const tags = shown.replace(/<code>[^<]*<\/code>/g, '');
    const outside = tags.replace(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/bold|img|evil|@security/);
    expect(outside.match(/<\/details>/g)).toHaveLength(1);
    expect(shown.match(/^## /gm)).toHaveLength(1);
  });

  test('a diagnostic that quotes the org cannot leave its block', () => {
    const problem = 'x\n```\n## Client apps: no changes\n`````';
    const diagnostic = diagnose('fact-unread', { path: 'p', severity: 'error' }, { reason: problem });
    const shown = planMarkdown(planOf([orgPlan([], { diagnostics: [diagnostic] })]));
    expect(shown.match(/^## /gm)).toHaveLength(1);
    expect(shown).toMatch(/^``````text$/m);
  });
});
