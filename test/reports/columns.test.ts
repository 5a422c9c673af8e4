import fc from 'fast-check';

import type { OrgStatus } from '../../lib/plan/status';
import { statusText } from '../../lib/reports/status/text';
import { columnsOf } from '../columns';

const piece = fc.constantFrom(
  '客',
  '户',
  '顧',
  'ポ',
  '고',
  'Ａ',
  'ｱ',
  'e\u0301',
  'n\u0303',
  'ש',
  'हि',
  '🚀',
  '🫠',
  '👩🏽‍💻',
  'a',
  'Z',
  '_',
);
const label = fc.array(piece, { minLength: 1, maxLength: 10 }).map((pieces) => pieces.join(''));
const fleet = (names: readonly string[]): readonly OrgStatus[] =>
  ['dev', '本番'].map((org) => ({
    ...{ org, state: 'read', org_id: '00D000000000001AAA', in_sync: false, beside: [], rotations: [], ends: [] },
    apps: names.map((name) => ({ api_name: name, platform: 'external-client-app', state: 'drifted', fields: [] })),
    not_evaluated: [],
  }));

it('a table stands in columns whatever its apps are called: wide, combining, emoji', () => {
  fc.assert(
    fc.property(fc.uniqueArray(label, { minLength: 2, maxLength: 6 }), (names) => {
      const rows = statusText(fleet(names), '2026-11-21')
        .split('\n')
        .slice(0, names.length + 1);
      const starts = rows.slice(1).map((row) => {
        const cells = [...row.matchAll(/drifted/g)].map(({ index }) => columnsOf(row.slice(0, index)));
        return cells.join(' ');
      });
      const heading = ['dev', '本番'].map((org) => columnsOf((rows[0] ?? '').slice(0, (rows[0] ?? '').indexOf(org))));
      expect(new Set(starts)).toEqual(new Set([heading.join(' ')]));
    }),
  );
});
