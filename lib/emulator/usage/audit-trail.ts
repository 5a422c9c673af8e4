import { type Changed, changesOf, type Verb } from '../changes';
import { textOf } from '../fields';
import { CONNECTED_APP, HEADER } from '../schema/types';
import { componentsOf, type Draft, headerOf, nextId, type OrgState, type OrgUser } from '../state';
import type { EmulatorSwitches } from '../switches';
import { usageOf, withUsage } from './grants';
import type { AuditEntry } from './state';

export interface Author {
  readonly user: OrgUser;
  /** ISO time. */
  readonly now: string;
  readonly switches: EmulatorSwitches;
}

/** What a row tells: one for each app, settings record, scope or handler of a change. */
interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly verb: Verb;
  readonly org: OrgState;
}

/** The org after a change in Setup, with the rows of the setup audit trail that it left. */
export function audited(before: OrgState, after: OrgState, { user, now, switches }: Author): OrgState {
  const recorded = tellings(before, after).filter(({ type, verb }) =>
    isApp(type)
      ? switches.auditTrailNamesApps !== 'nothing' && (verb !== 'rotate' || switches.auditTrailOfCredentials)
      : true,
  );
  if (recorded.length === 0) return after;
  const draft: Draft = { ...after } as Draft;
  const rows = recorded.map((one): AuditEntry => ({
    id: nextId(draft, '0Ym'),
    time: now,
    userId: user.id,
    ...wordsOf(one, switches),
  }));
  return withUsage(draft, { auditTrail: [...usageOf(after).auditTrail, ...rows] });
}

const isApp = (type: string): boolean => type === HEADER || type === CONNECTED_APP;

/** Whatever part of an app was changed, the row is about the app. */
function tellings(before: OrgState, after: OrgState): readonly Recorded[] {
  const recorded = new Map<string, Recorded>();
  for (const change of changesOf(before, after)) {
    const owner = ownerOf(change);
    const about =
      owner === undefined ? { type: change.type.name, name: change.fullName } : { type: HEADER, name: owner };
    const key = `${about.type}:${about.name}`;
    // The header speaks for its parts: of a new or deleted app they are not listed as changes.
    const whole = owner === undefined || change.verb === 'rotate' ? change.verb : 'update';
    const first = recorded.get(key);
    if (first === undefined || first.verb === 'rotate' || owner === undefined) {
      recorded.set(key, { ...about, verb: whole, org: change.is === undefined ? before : after });
    }
  }
  return [...recorded.values()].map((one) => (one.type === HEADER ? { ...one, verb: ofApp(one, before, after) } : one));
}

const ownerOf = ({ type, was, is }: Changed): string | undefined =>
  type.satellite ? textOf((is ?? was)?.fields ?? {}, 'externalClientApplication') : undefined;

function ofApp({ name, verb }: Recorded, before: OrgState, after: OrgState): Verb {
  if (headerOf(before, name) === undefined) return 'insert';
  return headerOf(after, name) === undefined ? 'delete' : verb === 'rotate' ? verb : 'update';
}

const PAST: Readonly<Record<Verb, string>> = {
  insert: 'Created',
  update: 'Changed',
  delete: 'Deleted',
  rotate: 'Changed the credentials of',
};

/** Of Connected Apps the action of a new one and the section are Salesforce’s; all other words are the emulator’s own. */
function wordsOf(
  { type, name, verb, org }: Recorded,
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
