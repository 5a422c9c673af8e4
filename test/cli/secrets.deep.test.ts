import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SEED } from '../operations/support';
import { project, twoApps } from './support';

const EXPOSED = `<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata">
  <enableConsumerSecretApiAccess>true</enableConsumerSecretApiAccess>
</ExternalClientAppSettings>`;

function files(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

/** Consumer secrets and the access token, as the emulated org keeps them. */
function secretsIn(state: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(state, (key, value: unknown) => {
    if ((key === 'secret' || key === 'accessToken') && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

describe('in an org that returns consumer secrets in every retrieve', () => {
  it('no command writes, prints or keeps one', async () => {
    const seed = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
    cpSync(SEED, seed, { recursive: true });
    mkdirSync(join(seed, 'settings'));
    writeFileSync(join(seed, 'settings/ExternalClientApp.settings'), EXPOSED);
    const { synth, run, folder, read, remove } = project();
    try {
      synth(twoApps);
      const said: string[] = [];
      for (const command of [
        `plan --local --seed ${seed} --out plan.json --markdown plan.md --json`,
        'apply plan.json --local --json',
        'drift --local --json',
        'outputs --local --json',
        'audit --local --format json --out audit.json',
        'audit --local --format sarif --out audit.sarif',
        'import prod --local --out imported --json',
        'stop Mobile --local',
      ]) {
        const { stdout, stderr } = await run(command);
        said.push(stdout, stderr);
      }
      const secrets = secretsIn(read('.client-apps/local/prod.json'));
      expect(secrets.length).toBeGreaterThanOrEqual(5);
      const kept = files(folder).filter((path) => !path.endsWith(join('local', 'prod.json')));
      expect(kept.length).toBeGreaterThan(5);
      const texts = [...said, ...kept.map((path) => readFileSync(path, 'utf8'))];
      for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    } finally {
      remove();
      rmSync(seed, { recursive: true });
    }
  });
});
