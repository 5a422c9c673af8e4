import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeFiles } from '../scripts/demo/write-files';
import { filesOf } from './audit';
import { median, type Row, seconds } from './table';

const MAIN = join(__dirname, '../lib/cli/main.js');
const RUNS = 5;
/** Of the times in /proc. */
const TICK_MS = 10;
const APPS = 1000;
const TYPES = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppOauthConfigurablePolicies',
];

interface Running {
  readonly pid: number | undefined;
  readonly milliseconds: number;
  readonly url: string;
  readonly accessToken: string;
  readonly stop: () => Promise<void>;
}

/** `client-apps emulate` as a process of its own, from its start to the line that says how to log in. */
function emulate(...given: readonly string[]): Promise<Running> {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, 'emulate', ...given], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`emulate ended with ${String(code)}`)));
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      const [, url, accessToken] = /SF_INSTANCE_URL=(\S+)\nSF_ACCESS_TOKEN=(\S+)\n/.exec(output) ?? [];
      if (url === undefined || accessToken === undefined) return;
      const stop = async (): Promise<void> => {
        const ended = new Promise((end) => child.once('close', end));
        child.kill('SIGTERM');
        await ended;
      };
      resolve({ pid: child.pid, milliseconds: performance.now() - started, url, accessToken, stop });
    });
  });
}

/** The parts of every app, from the call to the zip, without what a client does with it; in milliseconds. */
async function retrieveAll({ url, accessToken }: Running): Promise<number> {
  const started = performance.now();
  const types = TYPES.map((type) => `<types><members>*</members><name>${type}</name></types>`).join('');
  const asked = `<retrieveRequest><apiVersion>66.0</apiVersion><singlePackage>true</singlePackage><unpackaged>${types}<version>66.0</version></unpackaged></retrieveRequest>`;
  const [, id = ''] = /<id>(\w+)<\/id>/.exec(await soap('retrieve', asked)) ?? [];
  for (;;) {
    const answer = await soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`);
    if (!answer.includes('<done>true</done>')) continue;
    if (!answer.includes('<success>true</success>')) throw new Error(answer.slice(0, 1000));
    return performance.now() - started;
  }

  async function soap(operation: string, body: string): Promise<string> {
    const answer = await fetch(`${url}/services/Soap/m/66.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body:
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://soap.sforce.com/2006/04/metadata">' +
        `<Header><m:SessionHeader><m:sessionId>${accessToken}</m:sessionId></m:SessionHeader></Header>` +
        `<Body><${operation} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${operation}></Body></Envelope>`,
    });
    return answer.text();
  }
}

/** A time, and what of it the process was computing: on a busy machine the rest is waiting. */
interface Took {
  readonly milliseconds: number;
  readonly computing: number | undefined;
}

/** How long a process has computed so far, in milliseconds; undefined on systems without /proc. */
function computed(pid: number | undefined): number | undefined {
  try {
    const [user = '', system = ''] =
      readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ')
        .slice(11) ?? [];
    return (Number(user) + Number(system)) * TICK_MS;
  } catch {
    return undefined;
  }
}

function words(all: readonly Took[]): string {
  const computing = all.flatMap((one) => one.computing ?? []);
  const share = computing.length === 0 ? '' : `, ${seconds(median(computing))} of it computing`;
  return `${seconds(median(all.map(({ milliseconds }) => milliseconds)))}${share}`;
}

async function started(): Promise<Took> {
  const { pid, milliseconds, stop } = await emulate();
  const computing = computed(pid);
  await stop();
  return { milliseconds, computing };
}

async function retrieved(org: Running): Promise<Took> {
  const before = computed(org.pid);
  const milliseconds = await retrieveAll(org);
  const after = computed(org.pid);
  return { milliseconds, computing: before === undefined || after === undefined ? undefined : after - before };
}

/** How long it takes until an org is there, and to read a large one. */
export async function emulatorRows(): Promise<readonly Row[]> {
  const starts: Took[] = [];
  for (let run = 0; run < RUNS; run++) starts.push(await started());
  const seed = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  writeFiles(seed, filesOf(APPS));
  const org = await emulate('--seed', seed);
  try {
    const retrieves: Took[] = [];
    for (let run = 0; run < RUNS; run++) retrieves.push(await retrieved(org));
    return [
      { what: 'emulate, until an org is there', measured: words(starts), meant: 'under 0.5 s' },
      {
        what: `retrieve of ${APPS.toLocaleString('en-US')} apps from the emulated org, all parts`,
        measured: words(retrieves),
        meant: 'under 2 s',
      },
    ];
  } finally {
    await org.stop();
    rmSync(seed, { recursive: true, force: true });
  }
}
