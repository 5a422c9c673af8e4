import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Emulator } from '../../lib/emulator';
import { describeBuilt } from '../cli/built';
import { fastOrg, login, type Project, project } from '../cli/support';
import { document, ROOT } from './documents';

const SEED = join(ROOT, 'examples/quickstart/org-seed');
const CERTIFICATES = 'examples/quickstart/certs';

/** The main job of the demo, up to the plan that the README shows. */
describeBuilt('the plan in the README', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg({ seedDir: SEED });
  });
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });

  /** Not synchronously: the program talks to the org inside this process. Rejects where it fails. */
  async function runBuilt(program: string): Promise<void> {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SF_') && name !== 'CDKTF_OUTDIR');
    const env = { ...Object.fromEntries(kept), ...login(salesforce) };
    await promisify(execFile)(process.execPath, [join(ROOT, 'dist', program)], { cwd: here.folder, env });
  }

  it('is what the program prints', async () => {
    cpSync(join(ROOT, CERTIFICATES), here.path(CERTIFICATES), { recursive: true });
    await runBuilt('examples/quickstart/main.js');
    const environment = login(salesforce);
    expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
    await runBuilt('scripts/demo/admin.js');

    const { stdout } = await here.run('plan', { environment });
    const shown = document('README.md').blocks.find(({ text }) => text.includes('Phase 1 of 1'))?.text ?? '';
    const printed = new Set(stdout.split('\n'));
    expect(shown.split('\n').filter((line) => !printed.has(line))).toEqual([]);
    expect(shown).toContain('2 to update');
  });
});
