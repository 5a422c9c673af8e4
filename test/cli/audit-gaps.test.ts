import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SEED } from '../operations/support';
import { runCommand } from './support';

const folder = mkdtempSync(join(tmpdir(), 'client-apps-gaps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GLOBAL = 'extlClntAppGlobalOauthSets/Reporting_glbloauth.ecaGlblOauth';

async function audit(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await runCommand(`audit ${given.join(' ')}`, folder);
  return { code, out: stdout, err: stderr };
}

/** A project that holds nothing of Reporting but the consumer, under the suffix that some guides name. */
function misnamed(): string {
  const consumers = join(folder, 'misnamed/force-app/extlClntAppGlobalOauthSets');
  const headers = join(folder, 'misnamed/force-app/externalClientApps');
  mkdirSync(consumers, { recursive: true });
  mkdirSync(headers, { recursive: true });
  cpSync(join(SEED, GLOBAL), join(consumers, 'Reporting.ecaGlobalOauth-meta.xml'));
  cpSync(join(SEED, 'externalClientApps/Reporting.eca'), join(headers, 'Reporting.eca-meta.xml'));
  return 'misnamed';
}

/** A package with one Connected App. */
function onlyConnected(name: string, content: string): string {
  const apps = join(folder, name, 'connectedApps');
  mkdirSync(apps, { recursive: true });
  writeFileSync(join(apps, 'Broken.connectedApp'), content);
  return name;
}

describe('an audit that could not read everything', () => {
  it('exits with 3 when nothing could be evaluated for an app, says so, and suggests the right suffix', async () => {
    const { code, out, err } = await audit('--source', misnamed());
    expect(code).toBe(3);
    expect(err).toMatch(/Incomplete audit of misnamed: 1 file or record could not be read/);
    expect(err).toContain('--allow-unread');
    expect(out).toContain('rename the file to Reporting.ecaGlblOauth-meta.xml');
  });

  it('exits by what was judged where --allow-unread is given', async () => {
    const { code, err } = await audit('--source', misnamed(), '--allow-unread');
    expect(code).toBe(0);
    expect(err).toBe('');
  });

  it('exits with 3 for a file that cannot be read, so that no one opens the gate by breaking it', async () => {
    const source = onlyConnected('broken', '<ConnectedApp');
    expect((await audit('--source', source)).code).toBe(3);
    expect((await audit('--source', source, '--allow-unread')).code).toBe(0);
  });

  it('is clean where the only app is no OAuth client: there is nothing to evaluate', async () => {
    const app = '<label>Page</label><startUrl>https://page.acme.example</startUrl>';
    const xml = `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">${app}</ConnectedApp>`;
    const { code, err } = await audit('--source', onlyConnected('page', xml));
    expect([code, err]).toEqual([0, '']);
  });

  it.each(['text', 'markdown'])(
    'says in %s why controls were not evaluated, and where the consumer is kept',
    async (format) => {
      const seed = join(folder, `without-${format}`);
      cpSync(SEED, seed, { recursive: true });
      rmSync(join(seed, GLOBAL));
      const { out } = await audit('--source', seed, '--format', format);
      const shown = out.replace(/\s+/g, ' ').replaceAll('\\', '');
      expect(shown).toMatch(/\d+ controls not evaluated: no ExtlClntAppGlobalOauthSettings was read\. Its file/);
      expect(shown).toContain('often kept out of version control');
      expect(shown).toContain('audit the org itself');
    },
  );

  it('knows a misnamed file wherever a project keeps it, and passes over plugins that no control is about', async () => {
    const apps = join(folder, 'anywhere/force-app/apps');
    mkdirSync(apps, { recursive: true });
    cpSync(join(SEED, 'externalClientApps/Reporting.eca'), join(apps, 'Reporting.eca-meta.xml'));
    writeFileSync(join(apps, 'Reporting.ecaGlobalOauth-meta.xml'), readFileSync(join(SEED, GLOBAL)));
    writeFileSync(join(apps, 'Reporting.ecaAttest-meta.xml'), '<ExtlClntAppAttestSettings/>');
    const { out } = await audit('--source', 'anywhere');
    expect(out).toMatch(/not read +anywhere\/force-app\/apps\/Reporting.ecaGlobalOauth-meta.xml/);
    expect(out).not.toContain('ecaAttest');
  });

  it('counts by control which violation is how common', async () => {
    const { out } = await audit('--source', SEED);
    expect(out).toMatch(/By control/);
    expect(out).toMatch(/high +\d+ × PKCE is not required \(SFCA-ECA-PKCE\)/);
  });
});
