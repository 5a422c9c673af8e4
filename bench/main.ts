import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { auditRows } from './audit';
import { emulatorRows } from './emulator';
import { executorRows } from './executor';
import { fleetRows } from './fleet';
import { importRows } from './import';
import { median, printTable, type Row, seconds } from './table';
import { terraformRows } from './terraform';
import { incidentRows, usageRows } from './usage';

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly children: number;
}

const RUNS = 3;

function synth(what: string): Measured {
  const runs = Array.from({ length: RUNS }, () => {
    const output = execFileSync(process.execPath, [join(__dirname, 'one.js'), what, '1000'], { encoding: 'utf8' });
    return JSON.parse(output) as Measured;
  });
  return {
    milliseconds: median(runs.map((run) => run.milliseconds)),
    megabytes: Math.max(...runs.map((run) => run.megabytes)),
    children: Math.max(...runs.map((run) => run.children)),
  };
}

function synthRows(): readonly Row[] {
  const bare = synth('bare');
  const ours = synth('without-package');
  const all = synth('with-package');
  const provider = synth('provider');
  return [
    { what: 'bare cdktf: 1,000 null_resources', measured: seconds(bare.milliseconds), meant: '' },
    {
      what: 'synth of 1,000 apps, engine null',
      measured: synthText(ours, bare),
      meant: 'within 2x, 250 MB, no child process',
    },
    {
      what: 'synth of 1,000 apps, engine provider',
      measured: synthText(provider, bare),
      meant: 'within 2x, 250 MB, no child process',
    },
    {
      what: 'writing the package tree of 1,000 apps',
      measured: `${seconds(all.milliseconds - ours.milliseconds)} more`,
      meant: 'measured apart',
    },
  ];
}

const synthText = (ours: Measured, bare: Measured): string =>
  [
    seconds(ours.milliseconds),
    `${(ours.milliseconds / bare.milliseconds).toFixed(1)}x bare`,
    `${ours.megabytes.toFixed(0)} MB`,
    `${ours.children} child processes`,
  ].join(', ');

function startRows(): readonly Row[] {
  const time = (...given: string[]): number =>
    median(
      Array.from({ length: 9 }, () => {
        const started = performance.now();
        spawnSync(process.execPath, given, { stdio: 'ignore' });
        return performance.now() - started;
      }),
    );
  const bare = time('-e', '0');
  const help = time(join(__dirname, '../lib/cli/main.js'), '--help');
  return [
    {
      what: 'client-apps --help',
      measured: `${help.toFixed(0)} ms, ${(help / bare).toFixed(1)}x a bare node start`,
      meant: 'within 2x',
    },
  ];
}

async function main(): Promise<void> {
  // One part alone: npm run bench -- start synth audit emulator executor usage incident import status drift apply terraform
  const parts = process.argv.slice(2);
  const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part);
  printTable([
    ...(wanted('start') ? [...startRows(), ...(await fleetRows('plan', 1, 1))] : []),
    ...(wanted('synth') ? synthRows() : []),
    ...(wanted('audit') ? auditRows([100, 1000, 5000]) : []),
    ...(wanted('emulator') ? await emulatorRows() : []),
    ...(wanted('executor') ? [...(await executorRows(100)), ...(await executorRows(1000))] : []),
    ...(wanted('usage') ? await usageRows() : []),
    ...(wanted('incident') ? await incidentRows() : []),
    ...(wanted('import') ? await importRows() : []),
    ...(wanted('status') ? await fleetRows('status', 10, 100) : []),
    ...(wanted('drift') ? [...(await fleetRows('drift', 10, 100)), ...(await fleetRows('drift', 1, 1000))] : []),
    ...(wanted('apply') ? await fleetRows('apply', 1, 1000) : []),
    ...(wanted('terraform') ? await terraformRows([1, 40, 500]) : []),
  ]);
}

void main();
