import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import type { Browser } from 'puppeteer-core';

import type { Emulator } from '../../lib/emulator';
import { MESSY, messySeed } from '../../lib/emulator/seeds/messy-org';
import { CANARY, writeSeed } from '../cli/messy-support';
import { fastOrg, login, type Project, project, TODAY } from '../cli/support';
import { ask, describeInBrowser, HOSTILE, openBrowser, openPage } from './support';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ROWS = '#usage-table > tbody > tr';

describeInBrowser('who uses the org, as an HTML page', () => {
  let here: Project;
  let salesforce: Emulator;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    here = project();
    const files = new Map(messySeed(new Date(`${TODAY}T12:00:00Z`)));
    files.set('org.json', (files.get('org.json') ?? '').replaceAll('"gcw-export"', JSON.stringify(HOSTILE)));
    salesforce = await fastOrg({ seedDir: writeSeed(here, files) });
    const options = '--format html --out usage.html';
    expect(await here.run(`usage ${options}`, { environment: login(salesforce) })).toMatchObject({ code: 0 });
    expect(here.read('usage.html')).not.toMatch(CANARY);
    url = pathToFileURL(here.path('usage.html')).href;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await salesforce.close();
    here.remove();
  });

  it('lists every app, hostile names as text, and hinders nobody', async () => {
    const page = await openPage(browser, url);
    expect(await ask(page, `document.querySelectorAll('${ROWS}').length`)).toBe(MESSY.apps);
    expect(await ask(page, 'globalThis.hacked')).toBeUndefined();
    expect(await ask(page, `document.querySelector('main').textContent.includes(${JSON.stringify(HOSTILE)})`)).toBe(
      true,
    );
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly { readonly id: string }[] };
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.close();
  });

  it('filters by words and by standing, says how many are left, and sorts', async () => {
    const page = await openPage(browser, url);
    const shown = `[...document.querySelectorAll('${ROWS}')].filter((each) => each.checkVisibility()).length`;
    await page.focus('#usage-filter-text');
    await page.keyboard.type('ticket portal');
    expect(await ask(page, shown)).toBe(1);
    expect(await ask(page, 'document.getElementById("usage-filter-count").textContent')).toBe(
      `1 of ${MESSY.apps} apps`,
    );
    await page.click('#usage-filter input[value=unknown]');
    expect(await ask(page, shown)).toBe(0);
    await page.focus('#usage-table thead th:nth-child(5) button');
    await page.keyboard.press('Enter');
    expect(await ask(page, `document.querySelector('${ROWS} td:nth-child(5)').dataset.value`)).not.toBe('1');
    await page.close();
  });
});
