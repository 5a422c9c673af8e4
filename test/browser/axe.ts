import { readFileSync } from 'node:fs';

import type { Page } from 'puppeteer-core';

import type { Scheme } from './support';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const WIDTHS = [390, 1440] as const;
export const SCHEMES: readonly Scheme[] = ['light', 'dark'];

/** What hinders people with disabilities on the page, everything opened that can be. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
  // By the protocol of developer tools: the page's own policy would rightly refuse a script of ours.
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as {
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    readonly passes: readonly unknown[];
  };
  if (results.passes.length < 5) throw new Error('nothing was judged');
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
