import fc from 'fast-check';

import { usageMarkdown } from '../../../lib/reports/usage/table';
import { usageText } from '../../../lib/reports/usage/text';
import { standingWord } from '../../../lib/reports/usage/words';
import type { AppUsage, UsageReport } from '../../../lib/usage/report';

const name = fc.constantFrom(
  ...['Portal', 'Data Loader', '고객 포털', 'שער הלקוחות', '🚀 Rockets', 'a | b', '<b>bold</b>', 'back`tick'],
  'An integration with a name that is longer than any column of any terminal',
);
const day = fc.constantFrom('2024-02-29', '2026-11-20', '2026-11-21', '2027-03-01');
const count = fc.nat({ max: 999_999 });
const users = fc.nat({ max: 999 });

const app = fc
  .record(
    {
      label: name,
      standing: fc.constantFrom('declared', 'unmanaged', 'package', 'unknown', 'not-evaluated'),
      publisher: fc.constantFrom('this org', 'Acme Inc.', 'not known'),
      reach: fc.constant('all data of the user'),
      known: fc.record({ owner: fc.constantFrom('iam@acme.example', 'Zoe'), review: day }),
      look_alike: fc.record({
        of: fc.constantFrom('Data Loader', 'Salesforce CLI'),
        why: fc.constantFrom('same letters, other publisher', 'one letter differs'),
      }),
      tokens: fc.record({ count, users_active: users, users_inactive: users, uses: count, last_used: day }),
    },
    { requiredKeys: ['label', 'standing', 'publisher', 'reach'] },
  )
  .map((each) => each as unknown as AppUsage);

const report = fc
  .record({
    apps: fc.array(app, { maxLength: 12 }),
    gap: fc.constantFrom('the login history', 'installed packages'),
  })
  .map(({ apps, gap }): UsageReport => ({
    ...{ org: 'prod', org_id: '00D000000000001', today: '2026-11-21', logins_since: '2026-05-21' },
    ...{ apps, left_out: 0, api_calls: 3, tokens: { read: 1, in_all: 2, cut: true } },
    not_evaluated: [{ what: gap, why: 'a permission is missing' }],
  }));

/** Whatever is marked, escaped and wrapped. */
const letters = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|#39);/g, '').replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, '');

/** What each app has to show, wherever it is read. */
const rowOf = (each: AppUsage): readonly string[] => [
  each.label,
  standingWord(each),
  ...(each.tokens
    ? [`${each.tokens.users_active}+${each.tokens.users_inactive}`, each.tokens.uses.toLocaleString('en-US')]
    : []),
  ...(each.look_alike ? [`looks like ${each.look_alike.of}: ${each.look_alike.why}`] : []),
  ...(each.known && each.known.review < '2026-11-21'
    ? [`${each.label}: review overdue since ${each.known.review}, ask ${each.known.owner}`]
    : []),
];

describe('the usage of random apps', () => {
  it('is read in full from 60 to 200 columns and as Markdown: each app, its figures, its findings, and what was not evaluated', () => {
    fc.assert(
      fc.property(report, (given) => {
        const documents = [
          ...[60, 80, 120, 200].map((width) => usageText([given], { width })),
          usageText([given]),
          usageMarkdown([given]),
        ].map(letters);
        const needed = [
          ...given.apps.flatMap(rowOf),
          ...given.not_evaluated.flatMap(({ what, why }) => [what, why]),
        ].map((each) => letters(each.replace(/\+0$/, '')));
        for (const shown of documents) expect(needed.filter((each) => !shown.includes(each))).toEqual([]);
      }),
    );
  });

  it('has a row for each app, though they have one name', () => {
    fc.assert(
      fc.property(report, (given) => {
        const rows = (text: string): number =>
          text
            .split('\n')
            .filter((line) =>
              /(declared|unmanaged|package|unknown|not read|known) .*(\?|\d{4}-\d\d-\d\d|never)$/.test(line),
            ).length;
        const markdown = usageMarkdown([given]).split('\n');
        expect(markdown.filter((line) => line.startsWith('|'))).toHaveLength(given.apps.length + 2);
        for (const width of [60, 80, 200])
          expect(rows(usageText([given], { width }))).toBeGreaterThanOrEqual(given.apps.length);
      }),
    );
  });
});
