import { canonical } from '../deploy/stage';
import { textOf } from '../fields';
import { CONNECTED_APP, HEADER, METADATA_TYPES } from '../schema/types';
import { type Component, componentsOf, type Draft, headerOf, nextId, type OrgState, type OrgUser } from '../state';
import type { EmulatorSwitches } from '../switches';
import { usageOf, withUsage } from './grants';
import type { AuditEntry } from './state';

export interface Author {
  readonly user: OrgUser;
  /** ISO time. */
  readonly now: string;
  readonly switches: EmulatorSwitches;
}

type Verb = 'insert' | 'update' | 'delete' | 'rotate';

/** What a row tells: one for each app, settings record, scope or handler of a change. */
interface Told {
  readonly type: string;
  readonly name: string;
  readonly verb: Verb;
  readonly org: OrgState;
}

/** The org after a change in Setup, with the rows of the setup audit trail that it left. */
export function audited(before: OrgState, after: OrgState, { user, now, switches }: Author): OrgState {
  const told = tellings(before, after).filter(({ type, verb }) =>
    isApp(type)
      ? switches.auditTrailNamesApps !== 'nothing' && (verb !== 'rotate' || switches.auditTrailOfCredentials)
      : true,
  );
  if (told.length === 0) return after;
  const draft: Draft = { ...after } as Draft;
  const rows = told.map((one): AuditEntry => ({
    id: nextId(draft, '0Ym'),
    time: now,
    userId: user.id,
    ...wordsOf(one, switches),
  }));
  return withUsage(draft, { auditTrail: [...usageOf(after).auditTrail, ...rows] });
}

const isApp = (type: string): boolean => type === HEADER || type === CONNECTED_APP;

/** Whatever part of an app was changed, the row is about the app. */
function tellings(before: OrgState, after: OrgState): readonly Told[] {
  const told = new Map<string, Told>();
  for (const { name: type, satellite } of METADATA_TYPES) {
    const [old, present] = [before, after].map(
      (org) => new Map(componentsOf(org, type).map((one) => [one.fullName, one])),
    );
    for (const fullName of new Set([...(old?.keys() ?? []), ...(present?.keys() ?? [])])) {
      const [was, is] = [old?.get(fullName), present?.get(fullName)];
      const verb = verbOf(was, is);
      if (verb === undefined) continue;
      const owner = satellite ? textOf((is ?? was)?.fields ?? {}, 'externalClientApplication') : undefined;
      const about = owner === undefined ? { type, name: fullName } : { type: HEADER, name: owner };
      const key = `${about.type}:${about.name}`;
      // The header speaks for its parts: of a new or deleted app they are not told as changes.
      const whole = owner === undefined || verb === 'rotate' ? verb : 'update';
      const first = told.get(key);
      if (first === undefined || first.verb === 'rotate' || owner === undefined) {
        told.set(key, { ...about, verb: whole, org: is === undefined ? before : after });
      }
    }
  }
  return [...told.values()].map((one) => (one.type === HEADER ? { ...one, verb: ofApp(one, before, after) } : one));
}

function ofApp({ name, verb }: Told, before: OrgState, after: OrgState): Verb {
  if (headerOf(before, name) === undefined) return 'insert';
  return headerOf(after, name) === undefined ? 'delete' : verb === 'rotate' ? verb : 'update';
}

function verbOf(was: Component | undefined, is: Component | undefined): Verb | undefined {
  if (was === undefined) return 'insert';
  if (is === undefined) return 'delete';
  // Not by their dates: two deploys may fall into one millisecond.
  if (canonical(was.fields) !== canonical(is.fields)) return 'update';
  return JSON.stringify(was.consumer) === JSON.stringify(is.consumer) ? undefined : 'rotate';
}

const PAST: Readonly<Record<Verb, string>> = {
  insert: 'Created',
  update: 'Changed',
  delete: 'Deleted',
  rotate: 'Changed the credentials of',
};

/** Of Connected Apps the action of a new one and the section are Salesforce’s; all other words are the emulator’s own. */
function wordsOf(
  { type, name, verb, org }: Told,
  { auditTrailNamesApps }: EmulatorSwitches,
): Pick<AuditEntry, 'action' | 'section' | 'display'> {
  const noun = type === HEADER ? 'external client app' : type === CONNECTED_APP ? 'connected app' : type;
  const record = componentsOf(org, type).find(({ fullName }) => fullName === name);
  const label = auditTrailNamesApps === 'label' && isApp(type) ? textOf(record?.fields ?? {}, 'label') : undefined;
  return {
    action: `${verb}${type === CONNECTED_APP ? 'ConnectedApplication' : type}`,
    section: type === HEADER ? 'External Client Apps' : type === CONNECTED_APP ? 'Connected Apps' : 'Security Controls',
    display: `${PAST[verb]} ${noun} ${label ?? name}`,
  };
}
