import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { redactor } from '../org/redact';
import type { Attempt } from '../proof/clients/attempt';
import { Meeting } from '../proof/clients/meeting';
import type { Stage } from '../proof/clients/play';
import { takeDown, wireOf } from '../proof/clients/take-down';
import { meetsAt, usedToken, type WireCall, WireReader } from '../proof/clients/wire';
import type { Subject } from '../proof/subject';
import type { ProofOrg } from '../testing/proof-org';
import { clientEnvironment, writeClientFiles } from './client-environment';
import type { Io } from './io';
import { runProgram } from './run-program';

/** A program with its arguments. */
export type ClientCommand = readonly [program: string, ...args: string[]];

export interface ClientRunOptions {
  /** Seconds that one run may take. */
  readonly timeout: number;
  /** All that the client prints goes to standard error. */
  readonly verbose: boolean;
  /** The login pages are shown, and the client’s own browser fills them in. */
  readonly loginPages: boolean;
  /** Every request and answer is taken down. */
  readonly wire: boolean;
}

/** What the client said last, as far as it is shown. */
const LAST_WORDS = 500;
const KEPT = 16_384;

/** How long one of two runs is kept waiting for the other, in milliseconds. */
const PATIENCE = { api: 5000, refresh: 2000 };

/** The built-in org with one client in front of it, whose calls count as from that address. `close` removes what was written for the client. */
export function openStage(
  io: Io,
  { emulator, place }: ProofOrg,
  client: { readonly subject: Subject; readonly command: ClientCommand; readonly address: string | undefined },
  options: ClientRunOptions,
): Stage & { readonly close: () => void } {
  const { subject, command, address: home } = client;
  emulator.callFrom(home);
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-prove-'));
  const files = writeClientFiles(folder, place);
  const reader = new WireReader();
  const wire = options.wire ? wireOf(subject, place) : undefined;
  let [calls, generation, singleUse, interrupted]: [WireCall[], number, boolean, boolean] = [[], 0, false, false];
  const release = io.onInterrupt(() => {
    interrupted = true;
  });
  if (!options.loginPages) emulator.signInAs(subject.insider);
  let meetings: Readonly<Record<'api' | 'refresh', Meeting>> | undefined;
  emulator.watch({
    before: async (call) => {
      const at = meetings && meetsAt(call);
      if (at !== undefined) await meetings?.[at].arrive();
    },
    after: (exchange) => {
      calls.push(reader.read(exchange));
      if (wire) takeDown(wire, exchange);
      const token = singleUse ? usedToken(exchange) : undefined;
      if (token !== undefined) emulator.revoke(token);
    },
  });

  const runOnce = async (): Promise<{ readonly end: Attempt['ends'][number]; readonly said: string }> => {
    const state = join(folder, `state-${generation}`);
    mkdirSync(state, { recursive: true, mode: 0o700 });
    let said = '';
    const end = await runProgram(io, command, {
      cwd: io.cwd,
      environment: clientEnvironment(io, subject, place, { ...files, state }),
      timeout: options.timeout,
      output: (text) => {
        said = `${said}${text}`.slice(-KEPT);
        if (options.verbose) io.stderr.write(text);
      },
    });
    return { end, said };
  };

  return {
    run: async (times) => {
      calls = [];
      meetings = times > 1 ? { api: new Meeting(PATIENCE.api), refresh: new Meeting(PATIENCE.refresh) } : undefined;
      const runs = await Promise.all(Array.from({ length: times }, runOnce));
      for (const meeting of Object.values(meetings ?? {})) meeting.end();
      if (interrupted || runs.some(({ end }) => end.kind === 'interrupted')) return undefined;
      const redact = redactor([subject.consumer.secret, ...reader.secrets()]);
      const output = redact(runs.map(({ said }) => said.trim()).join('\n')).trim();
      const ends = runs.map(({ end }) => end);
      return { ends, calls, output: output.slice(-LAST_WORDS), ...(wire && { exchanges: wire.take() }) };
    },
    startOver: () => {
      generation += 1;
    },
    age: (ms) => emulator.age(ms),
    revoke: () => emulator.revoke(),
    move: (address = home) => emulator.callFrom(address),
    oneCallPerSession: (on) => {
      singleUse = on;
    },
    close: () => {
      release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
