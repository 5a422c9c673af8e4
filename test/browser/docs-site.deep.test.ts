import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser } from 'puppeteer-core';

import { documents, ROOT } from '../docs/documents';
import { PACKAGE } from '../package/support';
import { SCHEMES, violations, WIDTHS } from './axe';
import { ask, describeInBrowser, openBrowser, openPage } from './support';

/** What a stranger looks for: the words they search for, and the page that has the answer. */
const QUESTIONS = [
  ['how do I start', 'start', 'docs/start.html'],
  ['how do I bring an existing app', 'existing', 'docs/start-from-an-org.html'],
  ['what will break', 'break', 'docs/plan.html'],
  ['how do I undo it', 'undo', 'docs/undo.html'],
  ['how do I run it in CI', 'CI', 'docs/ci.html'],
] as const;

/** Its script puts a link into what opens the list of a module. */
const OF_TYPEDOC = /^nested-interactive: <summary class="tsd-accordion-summary" data-key="Modules\$/;

/** Everything that a page leads to, and where each place on it is: by its attributes, whoever wrote them. */
const attributes = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => decodeURI(value ?? ''));

describeInBrowser('the site of the documents', () => {
  let folder: string;
  let site: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'client-apps-site-'));
    site = join(folder, 'site');
    const program = join(ROOT, 'scripts/docs-site.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, site], { cwd: ROOT, encoding: 'utf8' });
    // Also where a public symbol has no docstring, or a document links to nothing.
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const urlOf = (path: string): string => pathToFileURL(join(site, path)).href;

  /** The first five answers of the site's own search. */
  async function search(words: string): Promise<readonly string[]> {
    const page = await openPage(browser, urlOf('index.html'));
    await page.click('#tsd-search-trigger');
    // The index is there; and the words come at once, so that no answer to a half of them is taken.
    await page.waitForFunction('document.getElementById("tsd-search-status").innerHTML === ""');
    const field = 'document.getElementById("tsd-search-input")';
    await page.evaluate(`${field}.value = ${JSON.stringify(words)}; ${field}.dispatchEvent(new Event('input'))`);
    await page.waitForSelector('#tsd-search-results a');
    const found = await ask<readonly string[]>(
      page,
      '[...document.querySelectorAll("#tsd-search-results a")].slice(0, 5).map((each) => each.href)',
    );
    await page.close();
    return found.map((url) => url.replace(`${urlOf('')}/`, ''));
  }

  it('has a page for every document of users, and leads nowhere that is not there', () => {
    const pages = (readdirSync(site, { recursive: true }) as string[]).filter((path) => path.endsWith('.html'));
    const texts = new Map(pages.map((path) => [path, readFileSync(join(site, path), 'utf8')]));
    const places = new Map([...texts].map(([path, html]) => [path, new Set(attributes(html, 'id'))]));
    const broken = [...texts].flatMap(([path, html]) =>
      attributes(html, '(?:href|src)')
        .filter((target) => !/^(?:https:|data:|#$)/.test(target))
        .filter((target) => {
          const [file = '', anchor] = target.replaceAll('&amp;', '&').split('#');
          const other = file === '' ? path : join(dirname(path), file);
          if (!existsSync(join(site, other))) return true;
          return anchor !== undefined && other.endsWith('.html') && places.get(other)?.has(anchor) !== true;
        })
        .map((target) => `${path} -> ${target}`),
    );
    expect(broken).toEqual([]);
    expect(pages.length).toBeGreaterThan(150);
    const forUsers = documents.map(({ path }) => path).filter((path) => /^docs\/[\w-]+\.md$/.test(path));
    expect(forUsers.filter((path) => !pages.includes(path.replace(/\.md$/, '.html')))).toEqual([]);
  });

  it('says which version of the package it is about, and which Node that needs', async () => {
    const page = await openPage(browser, urlOf('index.html'));
    const text = await ask<string>(page, 'document.body.innerText');
    expect(text).toContain(`v${PACKAGE.version}`);
    expect(text).toContain(`Version ${PACKAGE.version}, for Node 20.9.0 or newer.`);
    await page.close();
  });

  it('asks no server for anything', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(urlOf('docs/options.html'));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((url) => !/^(?:file|data):/.test(url))).toEqual([]);
    await page.close();
  });

  it('finds a class of the API by its name, before pages that mention it', async () => {
    const found = await search('RefreshTokenPolicy');
    expect(found[0]).toContain('classes/cdktf-salesforce-client-apps.RefreshTokenPolicy.html');
  });

  it.each(QUESTIONS)('answers "%s" to one search from the first page', async (_question, words, answer) => {
    expect(await search(words)).toContain(answer);
  });

  it.each([
    ['docs/start.html', ['getting started', 'install', 'first steps', 'quick start', 'tutorial']],
    [
      'docs/start-from-an-org.html',
      ['take over', 'migrate existing', 'existing org', 'existing apps', 'bring under code'],
    ],
    ['docs/plan.html', ['impact', 'breaking', 'affected clients', 'widens', 'preview']],
    ['docs/undo.html', ['rollback', 'roll back', 'revert', 'restore', 'go back']],
    ['docs/ci.html', ['pipeline', 'github actions', 'gitlab', 'pull request', 'continuous']],
  ])('finds %s by other words, too', async (answer, wordings) => {
    for (const words of wordings)
      expect([words, await search(words)]).toEqual([words, expect.arrayContaining([answer])]);
  });

  it.each(QUESTIONS)(
    'leads from the first page to the answer to "%s" in two clicks',
    async (_question, _words, answer) => {
      const page = await openPage(browser, urlOf('index.html'));
      const links = '[...document.querySelectorAll(".col-content a")].map((each) => each.href.replace(/#.*/, ""))';
      const first = await ask<string[]>(page, links);
      const reached = new Set(first);
      for (const url of first.filter((each) => each.startsWith(urlOf('docs/')) && !first.includes(urlOf(answer)))) {
        await page.goto(url);
        for (const next of await ask<string[]>(page, links)) reached.add(next);
      }
      expect([...reached]).toContain(urlOf(answer));
      await page.close();
    },
  );

  /** A page of each sort: long tables, tables and shell, code alone, a class, an interface. */
  const SORTS = [
    'index.html',
    'docs/ci.html',
    'docs/secure-defaults.html',
    'examples/quickstart/main.html',
    'classes/cdktf-salesforce-client-apps.RefreshTokenPolicy.html',
  ];
  it.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const)))(
    'hinders nobody on %i pixels in the %s scheme, and fits',
    async (width, scheme) => {
      for (const path of SORTS) {
        const page = await openPage(browser, urlOf(path), scheme);
        await page.setViewport({ width, height: 900 });
        const found = (await violations(page)).filter((each) => !OF_TYPEDOC.test(each));
        expect([path, found]).toEqual([path, []]);
        expect([path, await ask(page, 'document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, true]);
        await page.close();
      }
    },
  );

  it('gives agents the sources of what llms.txt names', () => {
    const text = readFileSync(join(site, 'llms.txt'), 'utf8');
    const named = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(site, path)))).toEqual([]);
  });
});
