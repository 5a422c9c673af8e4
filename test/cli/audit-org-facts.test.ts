import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Audit } from '../../lib/operations/audit';
import { SEED } from '../operations/support';
import { runCommand } from './support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-facts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function timeoutOf(name: string, word?: string): Promise<unknown> {
  const source = join(folder, name);
  cpSync(SEED, source, { recursive: true });
  mkdirSync(join(source, 'settings'), { recursive: true });
  const session = `<sessionSettings><sessionTimeout>${word ?? ''}</sessionTimeout></sessionSettings>`;
  if (word !== undefined) {
    writeFileSync(join(source, 'settings/Security.settings'), `<SecuritySettings>${session}</SecuritySettings>`);
  }
  const { stdout } = await runCommand(`audit --source ${source} --format json`, folder);
  const { audits } = JSON.parse(stdout) as { audits: Audit[] };
  const reports = audits[0]?.reports ?? [];
  const app = reports.find(({ subject }) => subject.type === 'app' && subject.platform === 'connected-app');
  const { outcome, because } = app?.results.find(({ control }) => control === 'SFCA-CA-SESSION-TIMEOUT') ?? {};
  return { outcome, because };
}

describe('the session timeout of an app that states none', () => {
  it('is not evaluated where nothing else was read', async () => {
    expect(await timeoutOf('alone')).toMatchObject({ outcome: 'not-evaluated' });
  });

  it("is that of the project's own security settings", async () => {
    expect(await timeoutOf('long', 'TwoHours')).toMatchObject({
      outcome: 'fail',
      because: expect.stringContaining("the org's is 120 minutes") as string,
    });
    expect(await timeoutOf('short', 'ThirtyMinutes')).toMatchObject({ outcome: 'low-risk' });
  });
});
