import { diagnose } from '../../values/diagnose';
import { resolve } from 'node:path';

import { startEmulator } from '../../emulator';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput } from '../files';
import type { EmulateFlags } from '../flags';
import type { Io } from '../io';

/** Runs an emulated org until it is interrupted or nobody is left who could need it. */
export async function emulate(io: Io, flags: EmulateFlags): Promise<ExitCode> {
  const port = portOf(flags.port);
  const latencyMs = latencyOf(flags.latency);
  // Listens before the org starts, so that an interrupt in between is not lost.
  const end = listenForEnd(io);
  try {
    const emulator = await startEmulator({
      port,
      latencyMs,
      ...(flags.state !== undefined && { stateFile: resolve(io.cwd, flags.state) }),
      ...(flags.seed !== undefined && { seedDir: resolve(io.cwd, flags.seed) }),
      ...(flags.profile !== undefined && { profile: flags.profile }),
    });
    io.stdout.write(`SF_INSTANCE_URL=${emulator.url}\nSF_ACCESS_TOKEN=${emulator.accessToken}\n`);
    io.stderr.write(`The emulated org ${emulator.orgId} listens on loopback. Interrupt to end it.\n`);
    await end.reached;
    await emulator.close();
    return EXIT.ok;
  } finally {
    end.release();
  }
}

function listenForEnd(io: Io): { readonly reached: Promise<void>; readonly release: () => void } {
  const releases: (() => void)[] = [];
  const reached = new Promise<void>((finish) => {
    releases.push(io.onInterrupt(finish), io.onAbandoned(finish));
  });
  return { reached, release: () => releases.forEach((release) => release()) };
}

function portOf(text = '0'): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw invalidInput(diagnose('port-unusable', { path: '--port', value: text }));
}

/** Longer than any client waits, the org could as well be down. */
const MOST_MS = 600_000;

function latencyOf(text = '0'): number {
  const ms = Number(text);
  if (/^\d+$/.test(text) && ms <= MOST_MS) return ms;
  throw invalidInput(diagnose('latency-unusable', { path: '--latency', value: text }));
}
