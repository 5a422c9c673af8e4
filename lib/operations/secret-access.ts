import type { Component } from '../metadata/component';
import { observe } from '../metadata/observe';
import { toPackage } from '../metadata/package/package-files';
import type { CallOptions, Org } from '../org/org';
import { isOrgError } from '../org/org-error';
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
  isOpen(await settingsOf(access, options(access)));

const isOpen = ({ fields }: Component): boolean => fields[SECRET_SWITCH] === true;

interface Opening<T> {
  /** Whether someone agreed to switching it on: it may have been on when that was asked. */
  readonly agreed: boolean;
  /** An earlier run that was cut off switched it on: it is closed after this one as if this one had. */
  readonly leftOpen: boolean;
  readonly work: (opened: boolean) => Promise<T>;
  /** Called before it is switched on; throws where that may not begin. */
  readonly onOpening: () => void;
  /** It is off for certain. */
  readonly onClosed: () => void;
  /** Called where it could not be closed again, or may be open later. */
  readonly onLeftOpen: (reason: string) => void;
}

/**
 * Does the work with the switch open, and closes it however the work ends, also after a second interrupt.
 * @throws ClientAppsError REFUSED where it would have to be opened, and no one agreed to that.
 */
export async function withSecretAccess<T>(access: Access, opening: Opening<T>): Promise<T> {
  const { agreed, leftOpen, work, onOpening, onClosed, onLeftOpen } = opening;
  const record = await settingsOf(access, options(access));
  const wasOpen = isOpen(record);
  if (wasOpen && !leftOpen) return work(false);
  if (!wasOpen && !agreed) {
    if (leftOpen) onClosed();
    throw opensWithoutConsent(access.app);
  }
  if (!wasOpen) onOpening();
  let inDoubt = false;
  try {
    if (!wasOpen) {
      await write(access, record, true, options(access)).catch((error: unknown) => {
        inDoubt = isOrgError(error) && error.inDoubt;
        throw error;
      });
    }
    return await work(true);
  } finally {
    const reason = await close(access);
    if (reason !== undefined) onLeftOpen(reason);
    else if (inDoubt) onLeftOpen('it is off, but the deploy that switches it on may still be in progress');
    else onClosed();
  }
}

/** The switch is of the whole org: no one who was asked about an app has agreed to it by that. */
export const opensWithoutConsent = (app: string): ClientAppsError =>
  new ClientAppsError('REFUSED', [diagnose('secret-access-consent', { path: app }, { app, setting: SECRET_SWITCH })]);

/** Without the signal of the run: whoever stops waiting still wants the door shut. */
async function close(access: Access): Promise<string | undefined> {
  let reason = '';
  for (let attempt = 1; attempt <= CLOSING_ATTEMPTS; attempt += 1) {
    try {
      const record = await settingsOf(access, {});
      if (isOpen(record)) await write(access, record, false, {});
      return undefined;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return reason;
}

/** The whole record as it was just read, with the switch set: what others changed before stays. */
async function write(
  { org, apiVersion, app }: Access,
  record: Component,
  open: boolean,
  call: CallOptions,
): Promise<void> {
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
