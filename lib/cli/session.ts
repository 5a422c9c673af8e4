import { join, resolve } from 'node:path';

import { digest } from '../metadata/digest';
import type { Manifest } from '../metadata/manifest';
import { connect } from '../org/connect';
import type { Credentials, Login } from '../org/credentials';
import { resolveLogin } from '../org/login';
import type { Org } from '../org/org';
import { proxySettings } from '../org/proxy';
import { asFileName } from './files';
import { invalidInput } from './invalid-input';
import type { Io } from './io';
import { lazy } from './lazy';
import type { OrgOptions } from './options';

/** An open connection to one org; the local org lives as long as it. */
export interface Session {
  readonly org: Org;
  readonly isLocal: boolean;
  close(): Promise<void>;
}

export interface OpenInput {
  readonly name: string;
  /** Names of all orgs of the run: with several, every one needs credentials of its own (D14). */
  readonly runOrgs: readonly string[];
  readonly apiVersion: number;
  /** Folder in which `.client-apps` stands. */
  readonly project: string;
  readonly options: Pick<OrgOptions, 'local' | 'seed'>;
  readonly signal?: AbortSignal;
}

/**
 * Logs in as the environment says, or starts the local org.
 * @throws OrgError; ClientAppsError INVALID_INPUT.
 */
export async function openSession(input: OpenInput, io: Pick<Io, 'env' | 'cwd'>): Promise<Session> {
  const { name, runOrgs, options } = input;
  const login: Login = options.local ? { kind: 'local' } : resolveLogin(io.env, name, runOrgs);
  if (login.kind === 'local') return openLocal(input, io);
  if (options.seed !== undefined) {
    throw invalidInput('seed-without-local', '--seed', 'only the local org can be seeded', 'add --local, or drop --seed');
  }
  return { org: await open(login, input, io), isLocal: false, close: () => Promise.resolve() };
}

async function openLocal(input: OpenInput, io: Pick<Io, 'env' | 'cwd'>): Promise<Session> {
  const { name, project, options } = input;
  const emulator = await lazy.emulator().startEmulator({
    stateFile: join(localFolder(project), `${asFileName(name)}.json`),
    ...(options.seed !== undefined && { seedDir: resolve(io.cwd, options.seed) }),
  });
  const { accessToken, url: instanceUrl } = emulator;
  try {
    const org = await open({ kind: 'access-token', accessToken, instanceUrl }, input, io);
    return { org, isLocal: true, close: () => emulator.close() };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

/** Where local orgs are kept. */
export const localFolder = (project: string): string => join(project, '.client-apps', 'local');

function open(credentials: Credentials, input: OpenInput, io: Pick<Io, 'env'>): Promise<Org> {
  const { apiVersion, signal } = input;
  return connect(credentials, { apiVersion, proxy: proxySettings(io.env), ...(signal && { signal }) });
}

/** The local org stands in for whichever org the code means, so its id is not the one the code names. */
export function manifestFor({ isLocal }: Session, manifest: Manifest): Manifest {
  if (!isLocal || manifest.org.org_id === undefined) return manifest;
  const { name, path, api_version, engine } = manifest.org;
  const { digest: _, ...body } = { ...manifest, org: { name, path, api_version, engine } };
  return { ...body, digest: digest(body) };
}
