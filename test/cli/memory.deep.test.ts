import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PermittedUsers, PrivateClientApp, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { describeBuilt, MAIN, start } from './built';
import { fastOrg, login, org, type Project, project } from './support';

/** Leaves a line with the peak of the process's memory, in megabytes, when it ends. */
const METER = join(__dirname, '../../dist/bench/count-process.js');
const MOST_MEGABYTES = 300;

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

function synth(suffix: string): void {
  here.synth((stack) => {
    const parent = org(stack);
    for (let n = 0; n < 1000; n++) {
      new PrivateClientApp(parent, `App_${n}`, {
        label: `App ${n}${suffix}`,
        callbackUrls: [`https://app${n}.acme.example/callback`],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    }
  });
}

/** Runs the program as a user does, and measures it. */
async function peakOf(command: string, codes: readonly number[]): Promise<string> {
  const log = here.path('peak');
  here.write('peak', '');
  const given = ['-c', 'cd "$0" && exec "$@"', here.folder, process.execPath, '--require', METER, MAIN];
  const environment = { ...login(salesforce), CLIENT_APPS_BENCH_LOG: log };
  const child = start('sh', [...given, ...command.split(' ')], environment);
  const code = await child.ended;
  if (!codes.includes(Number(code))) throw new Error(`${command}: ${code ?? ''}: ${child.stderr()}`);
  const peak = Number(/^peak (.+)$/m.exec(readFileSync(log, 'utf8'))?.[1]);
  return `${command}: ${peak < MOST_MEGABYTES ? 'fits' : `${peak} MB`}`;
}

describeBuilt('a thousand apps', () => {
  it(`take less than ${MOST_MEGABYTES} MB in every command, by the system's own count`, async () => {
    synth('');
    const peaks = [await peakOf('plan --out plan.json', [0]), await peakOf('apply --auto-approve', [0])];
    synth(' renamed');
    peaks.push(
      await peakOf('drift --json', [2]),
      await peakOf('audit --format json --out audit.json', [0, 3]),
      await peakOf('destroy --auto-approve --all', [0]),
    );
    expect(peaks.filter((peak) => !peak.endsWith(': fits'))).toEqual([]);
  }, 1_200_000);
});
