import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Page } from 'puppeteer-core';

import { SCHEMES, violations, WIDTHS } from './axe';
import { ask, auditPage, describeInBrowser, HOSTILE, look, openBrowser, openPage, type Reported } from './support';

const WAYS = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const));

const shown = (page: Page, selector: string): Promise<number> =>
  ask(
    page,
    `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((each) => each.checkVisibility()).length`,
  );
const SCORE = '#apps-table thead th:nth-child(4)';
const ROWS = '#findings-table > tbody > tr';
const column = (page: Page, table: string, index: number): Promise<readonly string[]> =>
  ask(
    page,
    `[...document.querySelectorAll('${table} > tbody > tr')].map((row) => row.cells[${index}].textContent.trim())`,
  );

describeInBrowser('the audit as an HTML page', () => {
  let report: Reported;
  let browser: Browser;
  beforeAll(async () => {
    report = await auditPage();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    report.remove();
  });

  it('looks like something, and dark where the reader wants it dark', async () => {
    const seen = [];
    for (const scheme of SCHEMES) {
      const page = await openPage(browser, report.url, scheme);
      const path = join(report.folder, `${scheme}.png`) as `${string}.png`;
      await page.screenshot({ path });
      await page.close();
      expect(statSync(path).size).toBeGreaterThan(10_000);
      seen.push(await look(browser, readFileSync(path)));
    }
    const [light, dark] = seen;
    for (const picture of seen) expect(picture.colors).toBeGreaterThan(50);
    expect(light?.brightness).toBeGreaterThan(200);
    expect(dark?.brightness).toBeLessThan(80);
  });

  it.each(WAYS)(
    'on %i pixels in the %s scheme has nothing that hinders people with disabilities, everything opened',
    async (width, scheme) => {
      const page = await openPage(browser, report.url, scheme);
      await page.setViewport({ width, height: 900 });
      expect(await violations(page)).toEqual([]);
      await page.close();
    },
  );

  it('fits a phone: findings stand below each other, and are still a table to assistive technology', async () => {
    const page = await openPage(browser, report.url);
    await page.setViewport({ width: 390, height: 800 });
    await page.evaluate(
      'document.querySelectorAll("#findings-table details").forEach((each) => { each.open = true; })',
    );
    expect(await ask<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const room = "[...document.querySelectorAll('.scroll')].at(-1)";
    expect(await ask(page, `${room}.scrollWidth <= ${room}.clientWidth`)).toBe(true);
    await page.close();
  });

  it('asks the network for nothing', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(report.url, { waitUntil: 'networkidle0' });
    expect(asked).toEqual([report.url]);
    await page.close();
  });

  it('shows hostile names as text', async () => {
    const page = await openPage(browser, report.url);
    expect(await ask(page, 'globalThis.hacked')).toBeUndefined();
    const names = await column(page, '#apps-table', 0);
    expect(names.some((name) => name.includes(HOSTILE))).toBe(true);
    expect(await page.$$('main img, main script, a[href^="javascript"]')).toEqual([]);
    await page.close();
  });

  it('runs no script but its own, even one that stands in the page', async () => {
    const page = await openPage(browser, report.url);
    const script = "Object.assign(document.createElement('script'), { textContent: 'globalThis.injected = 1' })";
    expect(await ask(page, `document.body.append(${script}), 'injected' in globalThis`)).toBe(false);
    await page.close();
  });

  it('can be read without script', async () => {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(report.url);
    const text = await ask<string>(page, 'document.querySelector("main").innerText');
    for (const words of ['Data_Loader_Nightly', 'PKCE is not required', 'could not be read', 'Posture score']) {
      expect(text).toContain(words);
    }
    expect(await shown(page, '#filter')).toBe(0);
    await page.click('#findings-table summary');
    expect(await shown(page, '#findings-table .detail')).toBe(1);
    await page.close();
  });

  it('filters by keyboard, by words and by severity, and says how many are left', async () => {
    const page = await openPage(browser, report.url);
    const all = await shown(page, ROWS);
    await page.focus('#filter-text');
    await page.keyboard.type('pkce required');
    const found = await shown(page, ROWS);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(all);
    expect(await ask(page, 'document.getElementById("filter-count").textContent')).toBe(`${found} of ${all} findings`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await ask(page, 'document.activeElement.value')).toBe('critical');
    expect(await shown(page, 'tr[data-grade=critical]')).toBe(0);
    await page.close();
  });

  it('sorts by keyboard, both ways, and tells assistive technology', async () => {
    const page = await openPage(browser, report.url);
    await page.focus(`${SCORE} button`);
    for (const order of ['descending', 'ascending'] as const) {
      await page.keyboard.press('Enter');
      expect(await ask(page, `document.querySelector('${SCORE}').ariaSort`)).toBe(order);
      const scores = (await column(page, '#apps-table', 3)).map((text) => (text === 'n/a' ? -1 : Number(text)));
      const sorted = [...scores].sort((a, b) => (order === 'ascending' ? a - b : b - a));
      expect(scores).toEqual(sorted);
    }
    await page.close();
  });

  it('has the worst app first, a mark for every app, and on a phone score and severities in view', async () => {
    const page = await openPage(browser, report.url);
    await page.setViewport({ width: 390, height: 844 });
    const scores = (await column(page, '#apps-table', 3)).filter((text) => text !== 'n/a').map(Number);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    const apps = (await column(page, '#apps-table', 1)).filter((platform) => platform !== 'Org-wide');
    expect(await shown(page, 'a.mark')).toBe(apps.length);
    const outside = `[...document.querySelectorAll('#apps-table td, #apps-table th[scope=row]')]
      .filter((cell) => cell.getBoundingClientRect().right > innerWidth).length`;
    expect(await ask(page, outside)).toBe(0);
    await page.close();
  });

  it('opens the evidence of an app that a link leads to', async () => {
    const page = await openPage(browser, report.url);
    const anchor = await ask<string>(page, 'document.querySelector("#apps-table tbody a").hash.slice(1)');
    await page.click('#apps-table tbody a');
    await page.waitForSelector('details.app[open]');
    expect(await ask(page, 'document.querySelector("details.app[open]").id')).toBe(anchor);
    await page.close();
  });

  it('prints everything, without the controls of the screen', async () => {
    const page = await openPage(browser, report.url, 'dark');
    await page.emulateMediaType('print');
    expect(await shown(page, '#filter')).toBe(0);
    expect(await ask(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    await page.close();
  });
});
