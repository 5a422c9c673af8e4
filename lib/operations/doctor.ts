import { withPermissionSetNames } from '../metadata/connected-app/permission-set-names';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import type { CallOptions, Known, Org, OrgCondition, OrgFacts, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { OwnUser } from '../org/own-login';
import { isOwnApp } from '../plan/own-login';
import type { Diagnostic } from '../values/diagnostic';
import { readApps } from './read-org';

/** Version of the document that `doctor --json` prints. */
export const DOCTOR_FORMAT_VERSION = '1.0';

/** How the login works; never a value that opens anything. */
export interface LoginFacts {
  readonly kind: 'access-token' | 'jwt-bearer' | 'client-credentials' | 'salesforce-cli' | 'local';
  readonly clientId?: string;
  readonly username?: string;
  readonly loginUrl?: string;
}

/** What this machine remembers of the org. */
export interface MemoryFacts {
  readonly receipts: readonly { readonly file: string; readonly problem?: string }[];
  /** Why no file can be made in the folder for receipts; absent where nothing is in the way. */
  readonly unwritable?: string;
  /** Files of applies that did not come to their end. */
  readonly unfinished: readonly string[];
  /** What is left of rotations; absent where the org is not known, so that no one looked. */
  readonly rotations?: readonly Diagnostic[];
  /** Apps whose stop was not undone. */
  readonly stopped: readonly string[];
}

/** What the checks of one org judge. What could not be read says why. */
export interface OrgExamination {
  readonly login: Known<LoginFacts>;
  readonly identity: Known<OrgIdentity>;
  readonly condition: Known<OrgCondition>;
  readonly facts: Known<OrgFacts>;
  /** Of the login; absent where the app of it is not known, so that nothing depends on it. */
  readonly ownUser?: Known<OwnUser>;
  readonly observed: Known<ObservedOrg>;
  readonly memory: Known<MemoryFacts>;
  /** The version that plans use. */
  readonly apiVersion: number;
  /** The id that the program states. */
  readonly expectedOrgId?: string;
  readonly declaresConnectedApps: boolean;
  /** ISO date. */
  readonly today: string;
}

export type OrgReadings = Pick<OrgExamination, 'identity' | 'condition' | 'facts' | 'observed' | 'ownUser'>;

/** Reads all that the checks want to know of an org. Writes nothing; what fails is unknown, with its reason. */
export async function examineOrg(org: Org, apiVersion: number, options: CallOptions): Promise<OrgReadings> {
  const identity = await known(org.identify(options));
  const clientId = 'known' in identity ? identity.known.clientId : undefined;
  const isOwn = (app: ObservedApp): boolean => isOwnApp(app, { ...(clientId !== undefined && { clientId }) });
  const [facts, read, ownUser] = await Promise.all([
    known(org.facts([], options)),
    known(readApps(org, apiVersion, options, { concerns: isOwn }).then((reading) => reading.observed)),
    clientId === undefined ? undefined : known(org.ownUser(options)),
  ]);
  const labels = 'known' in facts ? facts.known.permissionSetLabels : undefined;
  const observed = 'known' in read && labels ? { known: withPermissionSetNames(read.known, labels).observed } : read;
  // Last, so that the clock is compared over a connection that stands.
  return { identity, facts, observed, ...(ownUser && { ownUser }), condition: await known(org.condition(options)) };
}

/** A person who asked to stop gets what is known by then from no one: an abort is no finding. */
async function known<T>(reading: Promise<T>): Promise<Known<T>> {
  try {
    return { known: await reading };
  } catch (error) {
    if (!isOrgError(error) || error.kind === 'aborted') throw error;
    return { unknown: error.message };
  }
}
