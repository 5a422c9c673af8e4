import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { withoutCredentials } from '../credentials-environment';
import type { KeyAndSecret } from '../org/consumers';
import { redactor } from '../org/redact';
import { diagnose } from '../values/diagnose';
import { reasonOf } from '../values/diagnostic';
import { invalidInput, readTextIfThere, tryWriting, writeText } from './files';
import type { RotateFlags } from './flags';
import type { Io } from './io';

/** Where a secret goes. */
export interface SecretSink {
  /** Completes "handed to …". */
  readonly words: string;
  /** Gives why the secret did not arrive, without the secret. */
  readonly handOver: (credentials: KeyAndSecret, signal: AbortSignal) => Promise<string | undefined>;
}

const OWNER_ONLY = 0o600;
/** What a command says when it fails, as far as it is shown. */
const LAST_WORDS = 500;
/** Kept of it: so much more than is shown that a secret cut in two at its beginning is not shown. */
const KEPT = 16_384;

/** Whether the options say where a secret goes. */
export const namesSink = ({ toCommand, toFile, toEnvFile, toGithubOutput }: RotateFlags): boolean =>
  [toCommand, toFile, toEnvFile].some((one) => one !== undefined) || toGithubOutput === true;

/** The one that the options name. Everything about it that can be known before a secret exists is checked. @throws ClientAppsError */
export function sinkOf(io: Io, flags: RotateFlags): SecretSink {
  const { toCommand, toFile, toEnvFile, toGithubOutput } = flags;
  const given = [toCommand, toFile, toEnvFile, toGithubOutput === true ? '' : undefined].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) {
    const reason =
      'specify exactly one target for the secret: --to-command, --to-file, --to-env-file or --to-github-output';
    throw invalidInput(diagnose('rotate-option-wrong', { path: 'rotate' }, { reason }));
  }
  if (toCommand !== undefined) return commandSink(io, toCommand);
  if (toFile !== undefined) return fileSink(io, '--to-file', toFile, asJson);
  if (toEnvFile !== undefined) return fileSink(io, '--to-env-file', toEnvFile, asVariables);
  return githubSink(io);
}

const asJson = ({ key, secret }: KeyAndSecret): string =>
  `${JSON.stringify({ consumer_key: key, consumer_secret: secret.reveal() }, null, 2)}\n`;

/** In the place of those that the file has; its other lines stay, as they are someone's. */
function asVariables({ key, secret }: KeyAndSecret, before: string): string {
  const others = before.split(/(?<=\n)/).filter((line) => !/^\s*(export\s+)?SF_CLIENT_(ID|SECRET)\s*=/.test(line));
  const kept = others.join('').replace(/[^\n]$/, '$&\n');
  return `${kept}SF_CLIENT_ID=${quoted(key)}\nSF_CLIENT_SECRET=${quoted(secret.reveal())}\n`;
}

/** As a shell and dotenv read it. */
const quoted = (text: string): string => (/^[\w.+/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function fileSink(
  io: Io,
  option: string,
  name: string,
  textOf: (credentials: KeyAndSecret, before: string) => string,
): SecretSink {
  const file = resolve(io.cwd, name);
  const tree = workTreeOf(dirname(file));
  const unusable = (reason: string) =>
    invalidInput(diagnose('secret-destination-unusable', { path: option, value: file }, { reason }));
  if (tree === undefined) throw unusable('the folder does not exist');
  if (tree !== '') throw unusable(`${tree} is a Git work tree`);
  tryWriting(file);
  return {
    words: file,
    handOver: async (credentials) => {
      try {
        writeText(file, textOf(credentials, readTextIfThere(file) ?? ''), OWNER_ONLY);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

/** The git work tree that a folder is in, by its real path; empty where there is none, undefined where it does not exist. */
function workTreeOf(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  for (let each = realpathSync(folder); ; each = dirname(each)) {
    if (existsSync(join(each, '.git'))) return each;
    if (each === dirname(each)) return '';
  }
}

/** The credentials as JSON on standard input: neither in its arguments nor in its environment. */
function commandSink(io: Io, command: string): SecretSink {
  return {
    words: 'the command of --to-command',
    handOver: (credentials, signal) =>
      new Promise((done) => {
        const child = spawn(command, {
          cwd: io.cwd,
          env: withoutCredentials(io.environment),
          shell: true,
          signal,
          windowsHide: true,
          stdio: ['pipe', 'ignore', 'pipe'],
        });
        const redact = redactor([credentials.secret.reveal()]);
        let said = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-KEPT)));
        child.once('error', ({ message }) => done(`the command could not be run: ${redact(message)}`));
        child.once('close', (code, killed) => {
          if (code === 0) {
            done(undefined);
            return;
          }
          const end = code === null ? `was terminated by ${killed ?? 'a signal'}` : `ended with exit code ${code}`;
          const words = redact(said).trim().slice(-LAST_WORDS);
          done(`the command ${end}${words === '' ? '' : `: ${words}`}`);
        });
        // A command that does not read its input fails by its exit code, if at all.
        child.stdin.on('error', () => undefined);
        child.stdin.end(asJson(credentials));
      }),
  };
}

/** Outputs of the step, after GitHub was asked to mask the secret in every log: the one line of ours that names it. */
function githubSink(io: Io): SecretSink {
  const file = io.environment['GITHUB_OUTPUT'] ?? '';
  if (io.environment['GITHUB_ACTIONS'] !== 'true' || file === '') {
    const reason = 'this is not a step of a GitHub workflow: GITHUB_ACTIONS and GITHUB_OUTPUT are not set';
    throw invalidInput(diagnose('secret-destination-unusable', { path: '--to-github-output' }, { reason }));
  }
  return {
    words: 'the outputs consumer_key and consumer_secret of this step',
    handOver: async ({ key, secret }) => {
      const value = secret.reveal();
      if (/[\r\n]/.test(`${key}${value}`))
        return 'the key or the secret has a line break, which an output cannot carry';
      io.stdout.write(`::add-mask::${value}\n`);
      try {
        appendFileSync(file, `consumer_key=${key}\nconsumer_secret=${value}\n`);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}
