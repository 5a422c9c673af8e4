import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { PermittedUsers, PublicClientApp, Scope } from '../../constructs';
import { fastOrg, login, org, project } from '../cli/support';
import { ask, describeInBrowser, HOSTILE, openBrowser, openPage } from './support';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describeInBrowser('a saved plan, as an HTML page', () => {
  it('shows hostile names as text, fits a phone, and hinders nobody', async () => {
    const here = project();
    const salesforce = await fastOrg();
    const browser = await openBrowser();
    try {
      here.synth((stack) => {
        const parent = org(stack);
        new PublicClientApp(parent, 'Hostile', {
          label: 'Hostile',
          description: HOSTILE,
          callbackUrls: ['com.acme.mobile://callback'],
          scopes: [Scope.API],
          permittedUsers: PermittedUsers.selfAuthorized(),
        });
      });
      await here.run('plan --out plan.json', { environment: login(salesforce) });
      expect(await here.run('show plan.json --format html --out plan.html')).toMatchObject({ code: 0 });
      const page = await openPage(browser, pathToFileURL(here.path('plan.html')).href);
      await page.setViewport({ width: 390, height: 844 });
      expect(await ask(page, 'globalThis.hacked')).toBeUndefined();
      // Values are quoted, as in the text of a plan.
      const shown = JSON.stringify(HOSTILE);
      expect(await ask(page, `document.querySelector('main').textContent.includes(${JSON.stringify(shown)})`)).toBe(
        true,
      );
      expect(await ask(page, 'document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.evaluate(AXE);
      const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly { readonly id: string }[] };
      expect(violations.map(({ id }) => id)).toEqual([]);
    } finally {
      await browser.close();
      await salesforce.close();
      here.remove();
    }
  });
});
