import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Handlers, serve, type ServeOptions, type Serving } from './server';

/** What Terraform sets in the environment of a plugin, so that no one starts one by hand. */
const COOKIE = ['TF_PLUGIN_MAGIC_COOKIE', 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'] as const;

/** Version of the plugin protocol that is spoken here. */
const PROTOCOL = '6';

/** The edges of the process, handed in by its entry point. */
export interface PluginHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes a line to standard output: the handshake, and before it the only words a user ever sees. */
  readonly writeLine: (line: string) => void;
  /** Writes a line to standard error, which Terraform reads as a log. */
  readonly logLine: (line: string) => void;
  readonly parentId: () => number;
  /** Now, in milliseconds. */
  readonly now: () => number;
  readonly exit: (code: number) => void;
  /** Operating system, as Node names it. */
  readonly platform: string;
}

/** How often the parent is looked for, and how long a first call may take, in milliseconds. */
const PARENT_CHECK_MS = 1_000;
const FIRST_CALL_MS = 120_000;

/**
 * Runs a provider as Terraform's plugin: handshake, then service until Terraform says so, has gone, or never came.
 * Ctrl-C is Terraform's business: it stops the provider in an orderly way, so the signal itself is not for the plugin.
 */
export async function runPlugin(handlers: Handlers, host: PluginHost): Promise<void> {
  const { environment } = host;
  const problem = refusal(host);
  if (problem !== undefined) {
    // One line: Terraform shows the first that it does not understand, and no other.
    host.writeLine(problem);
    host.exit(1);
    return;
  }
  const name = `client-apps-${randomBytes(8).toString('hex')}.sock`;
  const socketPath =
    host.platform === 'win32' ? undefined : join(environment['PLUGIN_UNIX_SOCKET_DIR'] ?? tmpdir(), name);
  const log = logger(host);
  const parent = host.parentId();
  const started = host.now();
  let called = false;
  let ended = false;

  const serving = await listening({
    handlers: noted(handlers, () => (called = true)),
    clientCertificate: environment['PLUGIN_CLIENT_CERT'],
    socketPath,
    now: started,
    onShutdown: () => void end('shutdown'),
    onLastStream: () => void end('terraform closed the connection'),
    onError: (method, error) => log('error', `${method}: ${error instanceof Error ? error.message : String(error)}`),
  }).catch((error: unknown) => {
    host.writeLine(cannotListen(socketPath, error));
    host.exit(1);
  });
  if (!serving) return;
  const timer = setInterval(() => {
    if (host.parentId() !== parent) void end('terraform is gone');
    else if (!called && host.now() - started > FIRST_CALL_MS) void end('terraform never called');
  }, PARENT_CHECK_MS);

  async function end(reason: string): Promise<void> {
    if (ended) return;
    ended = true;
    log('info', `ending: ${reason}`);
    clearInterval(timer);
    await serving?.close();
    if (socketPath !== undefined) await rm(socketPath, { force: true });
    host.exit(0);
  }

  host.writeLine(`1|${PROTOCOL}|${serving.address}|grpc|${serving.certificate}`);
}

/** Why this process cannot serve, for a person to read; undefined where it can. */
function refusal({ environment, platform }: PluginHost): string | undefined {
  if (environment[COOKIE[0]] !== COOKIE[1]) {
    return 'This program is a Terraform provider: terraform starts it, people do not. Put it below terraform.d/plugins and run terraform init.';
  }
  if (platform === 'win32' && environment['PLUGIN_CLIENT_CERT'] === undefined) {
    // A port is open to every user of the machine, unlike a socket in a folder.
    return 'Without TLS this provider listens on no port: unset TF_DISABLE_PLUGIN_TLS.';
  }
  const offered = environment['PLUGIN_PROTOCOL_VERSIONS'];
  if (offered === undefined || offered.split(',').includes(PROTOCOL)) return undefined;
  return `This provider speaks plugin protocol ${PROTOCOL}, and this program offers ${offered}: use Terraform 1.8 or OpenTofu 1.10, or newer.`;
}

/** How long the path of a socket may be, in bytes: that of macOS, where it is shortest. Node cuts off the rest and says nothing. */
const SOCKET_PATH_MAX = 103;

const listening = (options: ServeOptions): Promise<Serving> =>
  Buffer.byteLength(options.socketPath ?? '') > SOCKET_PATH_MAX
    ? Promise.reject(new Error(`the path is longer than ${SOCKET_PATH_MAX} bytes`))
    : serve(options);

/** One line, as above. A folder that is missing, full or not ours, or a path that is too long for a socket. */
function cannotListen(socketPath: string | undefined, error: unknown): string {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  const remedy = 'Set TMPDIR to a folder with a short path (60 bytes or fewer) that exists and can be written to';
  return `This provider cannot make its socket ${socketPath ?? 'on 127.0.0.1'}. ${remedy}. Reason: ${reason}`;
}

function noted(handlers: Handlers, onCall: () => void): Handlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (request: Parameters<typeof handler>[0]) => {
        onCall();
        return handler(request);
      },
    ]),
  );
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/** One JSON object a line, as Terraform's own providers log. */
export function logger({ logLine, now }: Pick<PluginHost, 'logLine' | 'now'>): (level: Level, message: string) => void {
  return (level, message) => {
    const entry = {
      '@level': level,
      '@message': message,
      '@module': 'provider',
      // Microseconds: Terraform reads no other number of digits.
      '@timestamp': new Date(now()).toISOString().replace('Z', '000Z'),
    };
    logLine(JSON.stringify(entry));
  };
}
