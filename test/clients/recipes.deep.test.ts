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
  return app !== undefined && (language === 'js' || text.startsWith('#!/bin/sh')) ? [{ language, text, app }] : [];
});

it('there is a recipe for each kind of client', () => {
  expect(RECIPES.map(({ app, language }) => `${app} ${language}`)).toEqual(['Portal js', 'Billing js', 'Mobile sh']);
});

const isThere = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;
const runnable = RECIPES.filter(({ language }) => language === 'js' || ['curl', 'flock'].every(isThere));

it.each(runnable)('the recipe for $app survives what is declared', async ({ app, language, text }) => {
  const file = language === 'js' ? 'recipe.mjs' : 'recipe.sh';
  here.write(file, text);
  const command = language === 'js' ? `${process.execPath} ./${file}` : `sh ./${file}`;
  const { PATH = '' } = process.env;
  const { code, proof } = await proved(here, app, command, { environment: { PATH } });
  expect(new Set(Object.values(outcomes(proof)))).toEqual(new Set(['survives']));
  expect(code).toBe(0);
});
