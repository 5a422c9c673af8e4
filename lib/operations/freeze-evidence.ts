import { everyApp, liveList, liveText } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import { entryOf } from '../metadata/package/layout';
import type { Files } from '../metadata/package/zip';
import type { CallOptions, Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { Evidence, NotEvaluated } from '../org/usage/facts';
import type { Found, Incident } from '../usage/incident';
import { timelineOf } from '../usage/timeline';
import { jsonText } from '../values/ci-commands';
import { csvLine } from '../values/csv-line';
import { fileName } from '../values/file-name';
import { CONNECTED_APP } from '../values/metadata-types';
import { shortId } from '../values/record-id';
import { foundOf, type Look } from './look-at-app';
import { readApps } from './read-org';

export interface Frozen {
  /** By path inside the folder of the evidence. */
  readonly files: Files;
  readonly found: Found;
  readonly timeline: Incident['timeline'];
  readonly notEvaluated: readonly NotEvaluated[];
}

export interface FreezeInput extends CallOptions {
  readonly org: Org;
  readonly apiVersion: number;
  /** What is asked, by whom, and when. */
  readonly incident: Incident;
  readonly look: Look;
  /** ISO time. */
  readonly now: string;
}

const DAY_MS = 86_400_000;

/** Reads what there is of an app before anything of it is changed. Writes nothing. */
export async function freezeEvidence(input: FreezeInput): Promise<Frozen> {
  const { org, incident, look, now, signal } = input;
  const options = signal ? { signal } : {};
  // Made once a day, and kept for one.
  const logsSince = new Date(Date.parse(now) - 2 * DAY_MS).toISOString();
  const userIds = [...new Set((look.tokens ?? []).map(({ userId }) => userId))];
  const evidence = await org.evidence({ label: look.label, userIds, since: incident.since, logsSince }, options);
  const configuration = await readConfiguration(input);
  const found: Found = {
    ...foundOf(look),
    ...(configuration.scopes && { scopes: [...configuration.scopes] }),
    ...(evidence.logins && { logins: evidence.logins.length, addresses: addressesOf(evidence) }),
  };
  const notEvaluated = [...look.facts.notEvaluated, ...evidence.notEvaluated, ...configuration.notEvaluated];
  const files = new Map([
    ['app.json', jsonText({ ...found, usage: look.usage ?? null })],
    ...configuration.files,
    ...rowFiles(look, evidence),
    ...(evidence.logs ?? []).map(
      ({ type, interval, date, text }, n) =>
        [`event-logs/${fileName(`${type}-${interval}-${date.slice(0, 13)}-${n + 1}`)}.csv`, text] as const,
    ),
  ]);
  const about = {
    ...{ app: incident.app, label: look.label, org: incident.org, org_id: incident.org_id },
    ...{ instance_url: incident.instance_url, asked_by: incident.by ?? null, frozen_at: now },
    ...{ logins_and_changes_since: incident.since, event_logs_since: logsSince, api_calls: org.calls },
    files: [...files.keys()].sort(),
    not_evaluated: notEvaluated,
  };
  return {
    files: new Map([...files, ['evidence.json', jsonText(about)]]),
    found,
    timeline: [
      ...timelineOf({
        label: look.label,
        ...(look.record?.apiName !== undefined && { apiName: look.record.apiName }),
        ...(look.tokens && { tokens: look.tokens }),
        ...evidence,
      }),
    ],
    notEvaluated,
  };
}

const addressesOf = ({ logins = [] }: Evidence): string[] =>
  [...new Set(logins.flatMap(({ sourceIp }) => sourceIp ?? []))].sort();

function* rowFiles(look: Look, evidence: Evidence): Generator<readonly [string, string]> {
  const { logins, sessions, changes, usernames } = evidence;
  const nameOf = (id: string): string => usernames.get(shortId(id)) ?? '';
  if (look.tokens) {
    yield csv(
      'tokens.csv',
      ['user', 'user_id', 'user_active', 'granted', 'last_used', 'uses', 'application_id'],
      look.tokens,
      (token) => [
        ...[token.user, token.userId, token.userActive === undefined ? '' : String(token.userActive)],
        ...[token.created ?? '', token.lastUsed ?? '', String(token.uses), token.applicationId ?? ''],
      ],
    );
  }
  if (logins) {
    const header = ['time', 'user', 'user_id', 'source_ip', 'type', 'sub_type', 'status', 'api_type', 'client_version'];
    yield csv('logins.csv', header, logins, (row) => [
      ...[row.time, nameOf(row.userId), row.userId, row.sourceIp ?? '', row.type ?? '', row.subType ?? ''],
      ...[row.status ?? '', row.apiType ?? '', row.clientVersion ?? ''],
    ]);
  }
  if (sessions) {
    const header = ['created', 'last_modified', 'user', 'user_id', 'source_ip', 'login_type'];
    yield csv('sessions.csv', header, sessions, (row) => [
      ...[row.created, row.lastModified, nameOf(row.userId), row.userId, row.sourceIp ?? '', row.loginType ?? ''],
    ]);
  }
  if (changes) {
    yield csv('setup-audit-trail.csv', ['time', 'user', 'section', 'action', 'what'], changes, (row) => [
      ...[row.time, row.user, row.section, row.action, row.display],
    ]);
  }
}

const csv = <T>(
  name: string,
  header: readonly string[],
  rows: readonly T[],
  cells: (row: T) => readonly string[],
): readonly [string, string] => [name, [header, ...rows.map(cells)].map(csvLine).join('')];

interface Configuration {
  readonly files: readonly (readonly [string, string])[];
  readonly scopes?: readonly string[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** The metadata of the app and the settings of the org; secrets were removed at the door. */
async function readConfiguration({ org, apiVersion, look, signal }: FreezeInput): Promise<Configuration> {
  const name = look.record?.apiName;
  try {
    const { files, observed, problems } = await readApps(org, apiVersion, signal ? { signal } : {}, {
      concerns: ({ apiName }) => apiName === name,
    });
    const apps = everyApp(observed).filter(({ apiName }) => apiName === name);
    const own = new Set(apps.flatMap(partsOf));
    const kept = [...files].filter(([path]) => path.startsWith('settings/') || own.has(keyOf(path)));
    const app = apps.find(({ platform }) => platform === look.record?.platform);
    const gaps: NotEvaluated[] = problems
      .filter(({ fileName }) => name !== undefined && fileName.includes(name))
      .map(({ fileName, problem }) => ({ what: `configuration: ${fileName}`, why: problem }));
    if (look.record && !app) {
      gaps.push({ what: 'configuration of the app', why: 'its metadata was not found under its API name' });
    }
    return {
      files: kept.map(([path, text]) => [`configuration/${path.split('/').map(fileName).join('/')}`, text] as const),
      ...(app && { scopes: scopesOf(app) }),
      notEvaluated: gaps,
    };
  } catch (error) {
    if (!isOrgError(error) || (error.kind !== 'refused' && error.kind !== 'answer')) throw error;
    const gap = { what: 'configuration of the app', why: error.message, permission: 'Modify Metadata' };
    return { files: [], notEvaluated: [gap] };
  }
}

function scopesOf(app: ObservedApp): readonly string[] {
  const list = liveList(app, 'scopes');
  if (list.length > 0) return list;
  return (liveText(app, 'scopes') ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** `Type:fullName` of everything an app is made of. */
const partsOf = ({ components, otherComponents }: ObservedApp): readonly string[] => [
  ...Object.values(components).flatMap((part) =>
    part.state === 'present' ? [`${part.component.type}:${part.component.fullName}`] : [],
  ),
  ...otherComponents,
];

function keyOf(path: string): string {
  const entry = entryOf(path);
  if (entry.kind === 'other') return '';
  const type = entry.kind === 'modeled' ? entry.type.name : entry.kind === 'plugin' ? entry.type : CONNECTED_APP;
  return `${type}:${entry.fullName}`;
}
