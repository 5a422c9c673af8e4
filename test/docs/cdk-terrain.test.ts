import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { document } from './documents';

it('the command of docs/cdk-terrain.md that moves the imports moves them, and leaves installed packages alone', () => {
  const block = document('docs/cdk-terrain.md').blocks.find(({ text }) => text.includes('sed -i'))?.text ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-move-'));
  try {
    const text = "import { App } from 'cdktf';\nimport { Scope } from 'cdktf-salesforce-client-apps';\n";
    mkdirSync(join(folder, 'node_modules'));
    for (const file of ['main.ts', 'node_modules/main.ts']) writeFileSync(join(folder, file), text);
    execFileSync('bash', ['-euo', 'pipefail', '-c', block], { cwd: folder });
    expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toBe(text.replace("'cdktf'", "'cdktn'"));
    expect(readFileSync(join(folder, 'node_modules/main.ts'), 'utf8')).toBe(text);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
