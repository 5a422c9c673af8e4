import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Browser, launch, type Page } from 'puppeteer-core';

import { runCommand } from '../cli/support';
import { SEED } from '../operations/support';

const NAMES = [process.env['CHROMIUM_PATH'], 'chromium', 'chromium-browser', 'google-chrome'];

/** The first Chromium that starts; undefined where there is none. */
const chromium = NAMES.find(
  (name): name is string => name !== undefined && name !== '' && spawnSync(name, ['--version']).status === 0,
);
if (chromium === undefined) {
  process.stderr.write(
    'no Chromium was found (CHROMIUM_PATH, chromium, chromium-browser, google-chrome): its suite does not run\n',
  );
}

/** `describe` where a browser is installed, else skipped, which standard error has said. */
export const describeInBrowser = chromium === undefined ? describe.skip : describe;

function pathOf(command: string): string {
  if (command.includes('/')) return command;
  const found = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, command));
  return found.find((path) => spawnSync(path, ['--version']).status === 0) ?? command;
}

/** A folder whose audits show everything: violations, hostile names, a file that is broken. */
export interface Reported {
  readonly folder: string;
  /** Address of the HTML page on disk. */
  readonly url: string;
  readonly remove: () => void;
}

/** Characters that would run, if a page took them for its own. */
export const HOSTILE = `<script>globalThis.hacked=1</script><img src=x onerror="globalThis.hacked=1">'"&`;

export async function auditPage(): Promise<Reported> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-browser-'));
  const source = join(folder, 'source');
  cpSync(SEED, source, { recursive: true });
  const hostile = join(source, 'connectedApps', `${encodeURIComponent(HOSTILE)}.connectedApp`);
  const label = HOSTILE.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  mkdirSync(join(source, 'connectedApps'), { recursive: true });
  writeFileSync(
    hostile,
    `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><label>${label}</label><oauthConfig>` +
      `<callbackUrl>javascript:globalThis.hacked=1</callbackUrl><scopes>Full</scopes></oauthConfig></ConnectedApp>`,
  );
  writeFileSync(join(source, 'connectedApps', 'Broken.connectedApp'), '<ConnectedApp><label>');
  const { code, stderr } = await runCommand('audit --source source --format html --out report.html', folder);
  if (code !== 3) throw new Error(`the audit ended with ${code}: ${stderr}`);
  return {
    folder,
    url: pathToFileURL(join(folder, 'report.html')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Chromium refuses its sandbox to root, which build machines often are. */
export const openBrowser = (): Promise<Browser> =>
  launch({ executablePath: pathOf(chromium ?? ''), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

export type Scheme = 'light' | 'dark';

export async function openPage(browser: Browser, url: string, scheme: Scheme = 'light'): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  return page;
}

/**
 * Runs an expression in the page and takes its answer as a number, text or list of them. A text and not a function: the
 * types of this project know nothing of browsers.
 */
export async function ask<T extends number | string | boolean | undefined | readonly string[]>(
  page: Page,
  expression: string,
): Promise<T> {
  return (await page.evaluate(expression)) as T;
}

const LOOK = `(async (url) => {
  const image = await createImageBitmap(await (await fetch(url)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colors = new Set();
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    colors.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    sum += data[at] + data[at + 1] + data[at + 2];
  }
  return { colors: colors.size, brightness: sum / (data.length / 4) / 3 };
})`;

/** What a picture shows, as the browser itself decodes it: how many colors, and how bright it is from 0 to 255. */
export async function look(
  browser: Browser,
  png: Uint8Array,
): Promise<{ readonly colors: number; readonly brightness: number }> {
  const page = await browser.newPage();
  const url = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const seen = await page.evaluate(`${LOOK}(${JSON.stringify(url)})`);
  await page.close();
  return seen as { readonly colors: number; readonly brightness: number };
}
