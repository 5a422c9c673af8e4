import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';

import { PermittedUsers, PrivateClientApp, SalesforceOrg, Scope } from '../constructs';
import { startEmulator } from '../lib/emulator';
import { runMeasured } from './run-measured';
import { type Row, seconds } from './table';

const MAIN = join(__dirname, '../lib/cli/main.js');

const COMMANDS = {
  status: ['status', '--format', 'json', '--out', 'fleet.json'],
  drift: ['drift', '--json'],
  apply: ['apply', '--auto-approve'],
  plan: ['plan', '--manifest', 'cdktf.out/stacks/bench/client-apps/org0/manifest.json'],
} as const;

/** One program for many orgs, none of which has an app yet. */
export async function fleetRows(command: keyof typeof COMMANDS, orgs: number, apps: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  const names = Array.from({ length: orgs }, (_, n) => `org${n}`);
  const app = new App({ outdir: join(folder, 'cdktf.out') });
  const stack = new TerraformStack(app, 'bench');
  for (const name of names) {
    const org = new SalesforceOrg(stack, name, { contactEmail: 'iam@acme.example', writePackage: false });
    for (let n = 0; n < apps; n++) {
      new PrivateClientApp(org, `App_${n}`, {
        label: `App ${n}`,
        callbackUrls: ['https://acme.example/cb'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    }
  }
  app.synth();
  const emulators = await Promise.all(names.map(() => startEmulator()));
  const environment = Object.fromEntries(
    emulators.flatMap(({ url, accessToken }, n) => [
      [`SF_ORG${n}_INSTANCE_URL`, url],
      [`SF_ORG${n}_ACCESS_TOKEN`, accessToken],
    ]),
  );
  const given = [MAIN, ...COMMANDS[command]];
  try {
    // Missing apps are drift: 2.
    const shell = ['-c', '"$0" "$@" || [ $? -eq 2 ]', process.execPath, ...given];
    const { milliseconds, nodeMegabytes, cpuMilliseconds } = await runMeasured('sh', shell, {
      cwd: folder,
      environment: { ...process.env, ...environment },
    });
    const calls = emulators.reduce((sum, each) => sum + each.calls().length, 0);
    return [
      {
        what: `${command} of ${orgs} org${orgs === 1 ? '' : 's'} with ${apps.toLocaleString('en-US')} app${apps === 1 ? '' : 's'}`,
        measured: `${seconds(milliseconds)} (CPU ${seconds(cpuMilliseconds)}), ${calls} API calls, peak ${nodeMegabytes.toFixed(0)} MB`,
        meant: `${command === 'apply' ? '' : `at most ${orgs * 6} API calls, `}300 MB${command === 'plan' ? ', CPU 0.5 s' : ''}`,
      },
    ];
  } finally {
    await Promise.all(emulators.map((each) => each.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}
