import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { transitionText, valueText } from '../../lib/plan/change-text';
import { itemsOf } from '../../lib/plan/items';
import type { FieldChange, OrgPlan } from '../../lib/plan/plan';
import { planOf } from '../../lib/plan/plan-file';
import { planHtml } from '../../lib/reports/plan/html';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { SIGNS } from '../../lib/reports/plan/signs';
import { planText } from '../../lib/reports/plan/text';
import { API_ONLY, appsAlone, randomOrg } from '../constructs/arbitraries';
import { declareAll, type RandomApp } from '../constructs/declared';
import { cases } from '../deep';
import { bench, declared } from '../operations/support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-hidden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  writeFileSync(join(folder, 'org.json'), randomOrg(API_ONLY));
});

/** Two apps that exist as something else, one that is as it is, and one that is new. */
const programs = fc.record({
  before: fc.tuple(appsAlone, appsAlone, appsAlone),
  after: fc.tuple(appsAlone, appsAlone, appsAlone),
  settings: fc.constantFrom({}, { requirePkce: true, blockUserAgentFlow: true, blockUsernamePasswordFlow: true }),
});

/** An org that requires PKCE has no such app. */
const withoutPkce = ({ props }: RandomApp): boolean =>
  (props as { readonly pkce?: { readonly required: boolean } }).pkce?.required === false;

/** However it is wrapped. */
const flat = (text: string): string => text.replace(/\s+/g, '');

/** What is left where each format marks and escapes in its own way; the signs of effects stay. */
const letters = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|#39);/g, '').replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, '');

/** What someone reads of a page. */
const withoutTags = (page: string): string =>
  page.replace(/<style[^]*?<\/style>|<script[^]*?<\/script>|<\/?[a-z][^>]*>/gi, '');

/** How a format is read, and how it says an effect. */
interface Format {
  readonly words: (text: string) => string;
  readonly shown: (document: string) => string;
  readonly effect: (effect: FieldChange['effect']) => string;
}
const TEXT: Format = { words: flat, shown: flat, effect: (effect) => effect };
const HTML: Format = { words: letters, shown: (page) => letters(withoutTags(page)), effect: (effect) => effect };
const MARKDOWN: Format = { words: letters, shown: letters, effect: (effect) => SIGNS[effect] };

/** What a reviewer has to see of a change that someone who uses the org today may notice. */
function said(change: FieldChange, format: Format): readonly string[] {
  const { effect, title, field, impact, reason } = change;
  return [
    `${format.effect(effect)} ${title} (${field}): ${transitionText(change)}`,
    ...(impact.who === undefined ? [] : [impact.who]),
    ...(reason === undefined ? [] : [reason]),
  ];
}

function hidden(plan: OrgPlan, text: string, format: Format = TEXT): readonly string[] {
  const shown = format.shown(text);
  const existing = plan.apps.filter(({ missing, action }) => missing !== true && action !== 'create');
  const stated = plan.apps
    .filter((each) => !existing.includes(each))
    .flatMap(({ changes }) => changes)
    .filter(({ ownership, effect, field }) => (ownership === 'stated' || effect === 'widens') && field !== 'label')
    // The certificate shows its own fingerprint; the callback URL of a machine leads nowhere.
    .filter(
      ({ field, after }) =>
        field !== 'certificateFingerprint' && !JSON.stringify(after).includes('no-callback.invalid'),
    );
  const controls = plan.apps.flatMap(({ controls: found }) => found);
  const needed = [
    ...existing.flatMap(({ changes }) => changes.flatMap((change) => said(change, format))),
    ...itemsOf(plan)
      .filter(({ action }) => action === 'update')
      .flatMap(({ changes }) => changes.flatMap((change) => said(change, format))),
    // The fingerprint of a certificate stands on a line of its own, before its holder and its end.
    ...stated.flatMap(({ type, field, after }) =>
      valueText(type, field, after)
        .replace(/^certificate /, '')
        .split(/(?<=^sha256:[0-9a-f]{64}), /),
    ),
    ...controls.flatMap(({ control, because, exception }) => [
      control,
      ...(exception ? [exception.reason, exception.approved_by, exception.expires] : [because]),
    ]),
    ...plan.diagnostics.map(({ code }) => `[${code}]`),
    ...plan.apps.flatMap(({ kept }) => kept.map(({ field }) => `(${field})`)),
  ];
  return needed.filter((each) => !shown.includes(format.words(each)));
}

describe('the short plan of random programs, as text, Markdown and HTML', () => {
  it('has every change of what exists with its effect and its impact, every statement, control, exception and diagnostic', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async ({ before, after, settings }) => {
        const org = await bench({ seedDir: folder });
        const manifest = (given: readonly RandomApp[], change: object) =>
          declared((prod) => {
            prod.oauthSettings({ allowCodeAndCredentialsFlow: true, ...change });
            declareAll(
              prod,
              given.map((each, index) => ({ id: `App${index}`, app: each })),
            );
          });
        try {
          await org.apply(manifest(before.slice(0, 2), {}), { fail_on: 'none' });
          const plan = await org.plan(manifest(after, after.some(withoutPkce) ? {} : settings), { fail_on: 'none' });
          expect(hidden(plan, planText(planOf([plan])))).toEqual([]);
          for (const width of [60, 80, 200]) expect(hidden(plan, planText(planOf([plan]), { width }))).toEqual([]);
          expect(hidden(plan, planMarkdown(planOf([plan])), MARKDOWN)).toEqual([]);
          expect(hidden(plan, planHtml(planOf([plan]), { version: '0', today: '2026-11-21' }), HTML)).toEqual([]);
        } finally {
          await org.close();
        }
      }),
      { numRuns: cases(4, 50), endOnFailure: true },
    );
  });
});
