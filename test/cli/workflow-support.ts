import { spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { parse } from 'yaml';

import { MAIN } from './built';
import type { Project } from './support';

const ROOT = join(__dirname, '../..');

/** A YAML file of this repository, as CI systems read it. */
export const yaml = (path: string): unknown => parse(readFileSync(join(ROOT, path), 'utf8'), { merge: true });

/** Programs in the place of npm and npx: what is installed already, and our own program as it was built. */
export function standIns(at: Project): void {
  at.write('bin/npm', '#!/bin/sh\nexit 0\n');
  at.write(
    'bin/npx',
    `#!/bin/sh\n[ "$1" != --no-install ] || shift\n[ "$1" = client-apps ] || exit 127\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`,
  );
  for (const name of ['npm', 'npx']) chmodSync(at.path('bin', name), 0o755);
}

export interface ShellEnd {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the shell of a step as it stands, as CI systems do, with the stand-ins first on the PATH. */
export function shell(at: Project, script: string, environment: Readonly<Record<string, string>>): Promise<ShellEnd> {
  const path = `${at.path('bin')}:${process.env['PATH'] ?? ''}`;
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: at.folder,
    env: { PATH: path, HOME: at.folder, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** One call to the API of a forge. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A forge's API on loopback: notes its calls, and answers GET with what it is given. */
export interface Forge {
  readonly url: string;
  readonly calls: ApiCall[];
  readonly writes: () => readonly string[];
  readonly close: () => void;
}

export async function forge(answer: (path: string) => unknown): Promise<Forge> {
  const calls: ApiCall[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const text = Buffer.concat(chunks).toString('utf8');
      const token = String(headers['private-token'] ?? headers.authorization ?? '');
      calls.push({ method, path, token, body: text === '' ? {} : (JSON.parse(text) as ApiCall['body']) });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(method === 'GET' ? answer(path) : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    writes: () => calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    close: () => server.close(),
  };
}
