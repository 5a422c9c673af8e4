import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { type Project, project } from '../cli/support';
import { document, ROOT } from '../docs/documents';
import { declareThreeKinds, outcomes, proved } from './support';

let here: Project;
beforeAll(() => {
  here = project();
  declareThreeKinds(here);
  symlinkSync(join(ROOT, 'node_modules'), here.path('node_modules'));
});
afterAll(() => here.remove());

const RECIPES = document('docs/prove-your-client.md').blocks.flatMap(({ language, text }) => {
  const [, app] = /^(?:#!.*\n)?(?:\/\/|#) (\w+)$/m.exec(text) ?? [];
  const runs = ['js', 'python'].includes(language) || text.startsWith('#!/bin/sh');
  return app !== undefined && runs ? [{ language, text, app }] : [];
});

it('there is a recipe for each kind of client', () => {
  expect(RECIPES.map(({ app, language }) => `${app} ${language}`)).toEqual([
    ...['Portal js', 'Billing js', 'Mobile sh', 'Portal python'],
  ]);
});

const isThere = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;
/** Debian's package is for its own Python, which need not be the first on the path. */
const python = ['python3', '/usr/bin/python3'].find(
  (one) => spawnSync(one, ['-c', 'import requests_oauthlib']).status === 0,
);
if (python === undefined) process.stderr.write('no requests-oauthlib was found: its recipe does not run\n');
const COMMANDS: Readonly<Record<string, string | undefined>> = {
  js: `${process.execPath} ./recipe.js`,
  sh: ['curl', 'flock'].every(isThere) ? 'sh ./recipe.sh' : undefined,
  python: python && `${python} ./recipe.python`,
};
const runnable = RECIPES.filter(({ language }) => COMMANDS[language] !== undefined);

it.each(runnable)('the recipe for $app in $language survives what is declared', async ({ app, language, text }) => {
  here.write('package.json', '{ "type": "module" }');
  here.write(`recipe.${language}`, text);
  const { PATH = '' } = process.env;
  const { code, proof } = await proved(here, app, COMMANDS[language] ?? '', { environment: { PATH } });
  expect(new Set(Object.values(outcomes(proof)))).toEqual(new Set(['survives']));
  expect(code).toBe(0);
});
