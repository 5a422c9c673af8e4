import type { EvidenceChange, EvidenceLogin, TokenFacts } from '../org/usage/facts';
import { groupBy } from '../values/group-by';
import { plural } from '../values/plural';
import { shortId } from '../values/record-id';
import type { Incident } from './incident';

type Entry = Incident['timeline'][number];

/** Lines that a person reads; the files have every row. */
const MOST_LINES = 200;

export interface Happened {
  readonly label: string;
  readonly apiName?: string;
  readonly tokens?: readonly TokenFacts[];
  readonly logins?: readonly EvidenceLogin[];
  readonly changes?: readonly EvidenceChange[];
  readonly usernames: ReadonlyMap<string, string>;
}

/** What happened before anyone did anything about it, oldest first: grants, logins, and changes that concern the app. */
export function timelineOf(happened: Happened): readonly Entry[] {
  const all = [...grants(happened), ...logins(happened), ...changes(happened)].sort(
    (a, b) => Date.parse(a.time) - Date.parse(b.time),
  );
  if (all.length <= MOST_LINES) return all;
  const left = all.length - MOST_LINES;
  const [first] = all;
  const note = `${plural(left, 'earlier line')} left out here; the files in "evidence" have every row`;
  return [...(first ? [{ time: first.time, what: note, source: 'evidence' }] : []), ...all.slice(left)];
}

const dayOf = (time: string): string => new Date(time).toISOString().slice(0, 10);

/** A day's grants are one line. */
function grants({ tokens = [] }: Happened): readonly Entry[] {
  const given = tokens.flatMap(({ created, user }) => (created === undefined ? [] : [{ created, user }]));
  return [...groupBy(given, ({ created }) => dayOf(created)).values()].map((some) => {
    const users = [...new Set(some.map(({ user }) => user))].sort();
    const who = `${users.slice(0, 3).join(', ')}${users.length > 3 ? ` and ${users.length - 3} more` : ''}`;
    const times = some.map(({ created }) => created).sort();
    return { time: times[0] ?? '', what: `${plural(some.length, 'token')} granted by ${who}`, source: 'tokens.csv' };
  });
}

/** Logins of one user from one address with one result, day by day. */
function logins({ logins: rows = [], usernames }: Happened): readonly Entry[] {
  const groups = groupBy(rows, ({ time, userId, sourceIp, type, status }) =>
    [dayOf(time), userId, sourceIp, type, status].join(' '),
  );
  return [...groups.values()].flatMap((some) => {
    const [first] = [...some].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    if (first === undefined) return [];
    const user = usernames.get(shortId(first.userId)) ?? first.userId;
    const how = [first.type, first.status].filter((word) => word !== null).join(', ');
    const what = `${plural(some.length, 'login')} of ${user} from ${first.sourceIp ?? 'an address that is not known'} (${how})`;
    return [{ time: first.time, what, source: 'logins.csv' }];
  });
}

/** Sections of Setup where apps are managed, as far as their names say so. */
const APP_SECTIONS = /connected app|external client app|oauth/i;

function changes({ changes: rows = [], label, apiName }: Happened): readonly Entry[] {
  const names = [label, apiName].filter((name) => name !== undefined);
  return rows
    .filter(({ section, display }) => APP_SECTIONS.test(section) || names.some((name) => display.includes(name)))
    .map(({ time, user, section, display }) => ({
      time,
      what: `Setup changed by ${user}: ${display} (${section})`,
      source: 'setup-audit-trail.csv',
    }));
}
