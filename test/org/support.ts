import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';
import { type Clock, SYSTEM_CLOCK } from '../../lib/org/clock';
import { connect, type ConnectOptions } from '../../lib/org/connect';
import type { Credentials } from '../../lib/org/credentials';
import type { Org } from '../../lib/org/org';
import { isOrgError, type OrgError } from '../../lib/org/org-error';

const closing: (() => Promise<void> | void)[] = [];

/** Ends what the helpers below started; for afterEach. */
export async function cleanUp(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

/** An org on loopback whose jobs take no time unless a test says otherwise. */
export async function startOrg(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    ...options,
    switches: { deployMs: 0, unfinishedPolls: 0, ...options.switches },
  });
  closing.push(() => emulator.close());
  return emulator;
}

export const tokenOf = (emulator: Emulator): Credentials => ({
  kind: 'access-token',
  accessToken: emulator.accessToken,
  instanceUrl: emulator.url,
});

/** A clock that remembers how long it was asked to wait, and waits a thousandth of it. */
export function hastyClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  let ahead = 0;
  return {
    waits,
    now: () => Date.now() + ahead,
    sleep: (ms, signal) => {
      waits.push(ms);
      ahead += ms;
      return SYSTEM_CLOCK.sleep(ms / 1000, signal);
    },
  };
}

/** The adapter under test, in a hurry. */
export const open = (credentials: Credentials, options: ConnectOptions = {}): Promise<Org> =>
  connect(credentials, { clock: hastyClock(), ...options });

/** The OrgError that a promise rejects with; any other end fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<OrgError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (isOrgError(error)) return error;
    throw error;
  }
  throw new Error(`expected an OrgError, got ${JSON.stringify(value)}`);
}

/** Everything an error could tell anybody: message, remedy, stack, causes, all properties. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  const own = Object.getOwnPropertyNames(error).map((name) =>
    String((error as unknown as Record<string, unknown>)[name]),
  );
  return [...own, error.cause === undefined ? '' : everythingIn(error.cause)].join('\n');
}

/** A server of one's own, for answers no org would give. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-org-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
