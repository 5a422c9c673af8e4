import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { tryWriting, writeText } from '../../lib/cli/files';
import { project, twoApps } from './support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a file is never written through a link that lies where its draft would, and leaves no draft', () => {
  const [victim, file] = [join(folder, 'victim'), join(folder, 'receipt.json')];
  writeFileSync(victim, 'mine');
  // Where a draft named after the process would be.
  for (const name of ['tmp', 'try']) symlinkSync(victim, `${file}.${process.pid}.${name}`);
  tryWriting(file);
  writeText(file, 'text');
  expect(readFileSync(victim, 'utf8')).toBe('mine');
  expect(readFileSync(file, 'utf8')).toBe('text');
  expect(readdirSync(folder).sort()).toEqual(
    ['receipt.json', `receipt.json.${process.pid}.tmp`, `receipt.json.${process.pid}.try`, 'victim'].sort(),
  );
});

it.each([
  ['plan --local --out cdktf.json/plan.json', undefined],
  ['plan --local --markdown cdktf.json/plan.md', undefined],
  ['plan --local --package cdktf.json/packages', undefined],
  ['plan --local', '.client-apps'],
  ['plan --local', '.client-apps/local'],
  ['apply --local --auto-approve', '.client-apps/local/receipts'],
  ['audit --local --out cdktf.json/audit.txt', undefined],
  ['audit --source cdktf.json/nothing', undefined],
  ['apply cdktf.out', undefined],
])('a path that cannot be used is named by `%s`, without a stack trace', async (command, file) => {
  const here = project();
  try {
    here.synth(twoApps);
    if (file !== undefined) here.write(file, 'a file where a folder should be');
    const { code, stderr } = await here.run(command);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*(\[[a-z-]+\])/m);
    expect(stderr).not.toMatch(/^\s+at |defect|please report/m);
  } finally {
    here.remove();
  }
});

it('a plan is saved also where its Markdown cannot be written, which is said', async () => {
  const here = project();
  try {
    here.synth(twoApps);
    const { code, stderr } = await here.run('plan --local --out plan.json --markdown cdktf.json/plan.md');
    expect([code, stderr]).toEqual([1, expect.stringContaining('plan.md: the file cannot be written')]);
    expect(stderr).toContain('Saved the plan.');
    expect(await here.run('apply --local plan.json')).toMatchObject({ code: 0 });
  } finally {
    here.remove();
  }
});
