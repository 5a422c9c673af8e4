import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Emulator, startEmulator } from '../lib/emulator';
import { messySeed } from '../lib/emulator/seeds/messy-org';
import type { UsageSeed } from '../lib/emulator/usage/seed';
import { writeFiles } from '../scripts/demo/write-files';
import { runMeasured } from './run-measured';
import { type Row, seconds } from './table';

const MAIN = join(__dirname, '../lib/cli/main.js');
const DAY_MS = 86_400_000;

/** The built program against an org of this seed, with what it took. */
export async function measured(
  files: ReadonlyMap<string, string>,
  work: (client: (...given: readonly string[]) => Promise<string>, emulator: Emulator) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  writeFiles(join(folder, 'seed'), files);
  const emulator = await startEmulator({ seedDir: join(folder, 'seed') });
  const environment = { ...process.env, SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url };
  const client = async (...given: readonly string[]): Promise<string> => {
    const before = emulator.calls().length;
    const { milliseconds, nodeMegabytes } = await runMeasured(process.execPath, [MAIN, ...given], {
      cwd: folder,
      environment,
    });
    const calls = emulator.calls().length - before;
    return `${seconds(milliseconds)}, ${calls} API calls, peak ${nodeMegabytes.toFixed(0)} MB`;
  };
  try {
    return await work(client, emulator);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 1,000 Connected Apps, and as many tokens as asked for. */
export function manyTokens(tokens: number): ReadonlyMap<string, string> {
  const now = Date.now();
  const time = (daysAgo: number): string => new Date(now - daysAgo * DAY_MS).toISOString();
  const user = (n: number): string => `user${n}@acme.example`;
  const usage: UsageSeed = {
    tokens: Array.from({ length: tokens }, (_, n) => ({
      ...{ app: `App_${n % 1000}`, user: user(n % 700), created: time(100 + (n % 300)), lastUsed: time(n % 60) },
      ...{ uses: n % 40, refreshToken: `EMULATORREFRESH${n}`, accessToken: `EMULATORACCESS${n}` },
    })),
  };
  const users = Array.from({ length: 700 }, (_, n) => ({ username: user(n) }));
  const app = (n: number): readonly [string, string] => [
    `connectedApps/App_${n}.connectedApp`,
    `<?xml version="1.0" encoding="UTF-8"?><ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">` +
      `<contactEmail>iam@acme.example</contactEmail><label>App ${n}</label><oauthConfig>` +
      `<callbackUrl>https://acme.example/cb</callbackUrl><scopes>Api</scopes></oauthConfig></ConnectedApp>`,
  ];
  return new Map([
    ...Array.from({ length: 1000 }, (_, n) => app(n)),
    ['org.json', JSON.stringify({ users, usage })] as const,
  ]);
}

/** What it takes to see who uses the org. */
export const usageRows = (): Promise<readonly Row[]> =>
  measured(manyTokens(10_000), async (client) => [
    {
      what: 'usage of 1,000 apps with 10,000 tokens',
      measured: await client('usage', '--format', 'json', '--out', 'usage.json'),
      meant: 'under 300 MB',
    },
  ]);

/** From the alarm to the report, on the messy org of the tests. */
export const incidentRows = (): Promise<readonly Row[]> =>
  measured(messySeed(new Date()), async (client) => [
    {
      what: 'incident: 72 tokens of an External Client App, of 2,600',
      measured: await client('incident', 'Order_Feed', '--auto-approve'),
      meant: 'within a few minutes',
    },
  ]);
