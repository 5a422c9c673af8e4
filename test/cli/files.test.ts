import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { tryWriting, writeText } from '../../lib/cli/files';

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
