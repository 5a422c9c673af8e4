import type { Component } from '../metadata/component';
import { observe } from '../metadata/observe';
import { toPackage } from '../metadata/package/package-files';
import type { CallOptions, Org } from '../org/org';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, reasonOf } from '../values/diagnostic';
import { deployNow } from './deploy-now';

export const SECRET_SWITCH = 'enableClientSecretInRestApiAccess';
const SETTINGS = 'ExternalClientAppSettings';
const MEMBER = 'ExternalClientApp';
const CLOSING_ATTEMPTS = 3;

interface Access {
  readonly org: Org;
  readonly apiVersion: number;
  readonly app: string;
  readonly signal?: AbortSignal;
}

/** Whether consumer secrets can be read and staged through the REST API. @throws ClientAppsError where that cannot be read. */
export const readsSecrets = async (access: Access): Promise<boolean> =>
  (await settingsOf(access, options(access))).fields[SECRET_SWITCH] === true;

/**
 * Does the work with the switch open, and closes it however the work ends, also after a second interrupt.
 * @param onLeftOpen Called where it could not be closed again.
 */
export async function withSecretAccess<T>(
  access: Access,
  work: () => Promise<T>,
  onLeftOpen: (reason: string) => void,
): Promise<T> {
  if (await readsSecrets(access)) return work();
  try {
    await write(access, true, options(access));
    return await work();
  } finally {
    const reason = await close(access);
    if (reason !== undefined) onLeftOpen(reason);
  }
}

/** Without the signal of the run: whoever stops waiting still wants the door shut. */
async function close(access: Access): Promise<string | undefined> {
  let reason = '';
  for (let attempt = 1; attempt <= CLOSING_ATTEMPTS; attempt += 1) {
    try {
      if ((await settingsOf(access, {})).fields[SECRET_SWITCH] !== true) return undefined;
      await write(access, false, {});
      return undefined;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return reason;
}

/** The whole record as it is at this moment, with the switch set: what others changed meanwhile stays. */
async function write(access: Access, open: boolean, call: CallOptions): Promise<void> {
  const { org, apiVersion, app } = access;
  const record = await settingsOf(access, call);
  const files = toPackage([{ ...record, fields: { ...record.fields, [SECRET_SWITCH]: open } }], { apiVersion });
  await deployNow(org, { files, apiVersion }, call, (reason) =>
    diagnose('rotate-refused', { path: app }, { app, reason: `${SECRET_SWITCH} could not be changed: ${reason}` }),
  );
}

async function settingsOf({ org, apiVersion, app }: Access, call: CallOptions): Promise<Component> {
  const answer = await org.retrieve({ apiVersion, types: new Map([['Settings', [MEMBER]]]) }, call);
  const record = observe({ ...answer, types: new Set() }).settings[SETTINGS];
  if (record?.state === 'present') return record.component;
  const reason = `${SETTINGS} cannot be read${record?.state === 'unreadable' ? `: ${record.reason}` : ''}`;
  throw new ClientAppsError('REFUSED', [diagnose('rotate-refused', { path: app }, { app, reason })]);
}

const options = ({ signal }: Access): CallOptions => (signal ? { signal } : {});
