import { resolve } from 'node:path';

import { startEmulator } from '../../emulator';
import { isSandboxName } from '../../emulator/sandbox/name';
import { diagnose } from '../../values/diagnose';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput } from '../files';
import type { EmulateFlags } from '../flags';
import type { Io } from '../io';

/** Runs an emulated org until it is interrupted or no one is left who could need it. */
export async function emulate(io: Io, flags: EmulateFlags): Promise<ExitCode> {
  const port = portOf(flags.port);
  const latencyMs = latencyOf(flags.latency);
  const apiRequests = flags.apiRequests === undefined ? undefined : requestsOf(flags.apiRequests);
  // Listens before the org starts, so that an interrupt in between is not lost.
  const end = listenForEnd(io);
  try {
    const emulator = await startEmulator({
      port,
      latencyMs,
      ...(apiRequests !== undefined && { apiRequests }),
      ...(flags.state !== undefined && { stateFile: resolve(io.cwd, flags.state) }),
      ...(flags.seed !== undefined && { seedDir: resolve(io.cwd, flags.seed) }),
      ...(flags.profile !== undefined && { profile: flags.profile }),
      ...(flags.sandbox !== undefined && { sandbox: sandboxOf(flags.sandbox) }),
    });
    io.stdout.write(`SF_INSTANCE_URL=${emulator.url}\nSF_ACCESS_TOKEN=${emulator.accessToken}\n`);
    io.stderr.write(`The emulated org ${emulator.orgId} is listening on loopback. Interrupt it to stop.\n`);
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

const portOf = (text = '0'): number => wholeNumber(text, 65_535) ?? unusable('port-unusable', '--port', text);

/** Longer than any client waits, the org could as well be down. */
const MOST_MS = 600_000;
const latencyOf = (text = '0'): number => wholeNumber(text, MOST_MS) ?? unusable('latency-unusable', '--latency', text);

const MOST_REQUESTS = 100_000_000;
const requestsOf = (text: string): number =>
  wholeNumber(text, MOST_REQUESTS) ?? unusable('api-requests-unusable', '--api-requests', text);

const sandboxOf = (text: string): string =>
  isSandboxName(text) ? text : unusable('sandbox-name-unusable', '--sandbox', text);

const wholeNumber = (text: string, most: number): number | undefined =>
  /^\d+$/.test(text) && Number(text) <= most ? Number(text) : undefined;

function unusable(
  code: 'port-unusable' | 'latency-unusable' | 'api-requests-unusable' | 'sandbox-name-unusable',
  path: string,
  value: string,
): never {
  throw invalidInput(diagnose(code, { path, value }));
}
