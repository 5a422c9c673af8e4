import { readFileSync } from 'node:fs';

import type { Browser } from 'puppeteer-core';

import { FORGES } from '../reports/forges';
import { SCHEMES, violations, WIDTHS } from './axe';
import { type Samples, samples } from './samples';
import { ask, describeInBrowser, openBrowser, openPage } from './support';

const WAYS = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const));
const STYLE = readFileSync(require.resolve('github-markdown-css/github-markdown.css'), 'utf8');
/** On a phone the page itself does not move sideways, and nothing of a table is out of sight. */
const FITS = 'document.documentElement.scrollWidth <= innerWidth';

describeInBrowser('every report', () => {
  let all: Samples;
  let browser: Browser;
  beforeAll(async () => {
    all = await samples();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await all.end();
  });

  it('is there, as a page and as Markdown', () => {
    expect([...all.pages].sort()).toEqual(['audit.html', 'plan.html', 'status.html', 'usage.html']);
    expect([...all.markdown].sort()).toEqual([
      ...['audit.md', 'case/report.md', 'plan.md', 'prove.md', 'status.md', 'usage.md'],
    ]);
  });

  it.each(WAYS)('as a page of %i pixels in the %s scheme hinders nobody, and fits', async (width, scheme) => {
    for (const name of all.pages) {
      const page = await openPage(browser, all.url(name), scheme);
      await page.setViewport({ width, height: 900 });
      // That of forty apps takes minutes: audit-report.deep.test.ts judges a smaller one.
      if (name !== 'audit.html') expect([name, await violations(page)]).toEqual([name, []]);
      expect([name, await ask(page, FITS)]).toEqual([name, true]);
      await page.close();
    }
  });

  it('on a phone has the state of each app in view', async () => {
    for (const name of ['audit.html', 'status.html', 'usage.html']) {
      const page = await openPage(browser, all.url(name));
      await page.setViewport({ width: 390, height: 844 });
      const outside = `[...document.querySelectorAll('.stack > tbody > tr > *')]
        .filter((cell) => cell.getBoundingClientRect().right > innerWidth).length`;
      expect([name, await ask(page, outside)]).toEqual([name, 0]);
      expect(await ask<number>(page, "document.querySelectorAll('.stack > tbody > tr').length")).toBeGreaterThan(3);
      await page.close();
    }
  });

  it('shows an error of a plan line by line', async () => {
    const page = await openPage(browser, all.url('plan.html'));
    const text = await ask<string>(page, 'document.querySelector("pre").textContent');
    expect(text.split('\n').length).toBeGreaterThan(3);
    expect(await ask(page, 'getComputedStyle(document.querySelector("pre")).whiteSpace')).toBe('pre-wrap');
    await page.close();
  });

  it.each(WAYS)('in a comment on GitHub, %i pixels wide in the %s scheme, fits', async (width, scheme) => {
    for (const name of all.markdown) {
      const page = await openPage(browser, 'about:blank', scheme);
      await page.setViewport({ width, height: 900 });
      const html = FORGES['a comment on GitHub']?.(all.here.read(name)) ?? '';
      await page.setContent(`<!doctype html><style>${STYLE}</style><article class="markdown-body">${html}</article>`);
      await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
      expect([name, await ask(page, FITS)]).toEqual([name, true]);
      expect([name, await ask(page, '!document.body.innerText.includes("no changes\\n")')]).toEqual([name, true]);
      await page.close();
    }
  });

  it('has one block to fold for each app of a plan', () => {
    const apps = (JSON.parse(all.here.read('plan.json')) as { orgs: { apps: { action: string }[] }[] }).orgs
      .flatMap((each) => each.apps)
      .filter(({ action }) => action !== 'none');
    const html = FORGES['GitLab']?.(all.here.read('plan.md')) ?? '';
    expect(apps.length).toBeGreaterThan(3);
    expect(html.match(/<summary><b>/g)).toHaveLength(apps.length);
  });
});
