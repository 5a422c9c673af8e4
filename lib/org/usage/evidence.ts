import { z } from 'zod';

import { shortId } from '../../values/record-id';
import type { Door } from '../door';
import type { CallOptions } from '../org';
import { MANAGE_USERS, SEES_LOGINS, VIEW_EVENT_LOG_FILES, VIEW_SETUP } from '../permissions';
import { inQueries, soqlList } from '../soql';
import {
  type Asking,
  dataPath,
  get,
  inShape,
  orNotEvaluated,
  ownPermissions,
  permitted,
  queryPages,
  queryRows,
} from './ask';
import type {
  Evidence,
  EvidenceChange,
  EvidenceLog,
  EvidenceLogin,
  EvidenceRequest,
  EvidenceSession,
  SetupChanges,
} from './facts';

const OWN = [...SEES_LOGINS.names, VIEW_SETUP.name];

/** Rows of the login history that are looked through, latest first: the org lets no one ask for those of one app. */
const MOST_LOGINS = 100_000;
const MOST_CHANGES = 20_000;
/** Larger logs are named and left where they are. */
const LARGEST_LOG = 20 * 1024 * 1024;
/** What Salesforce makes without an Event Monitoring license and tells of API clients. */
const FREE_LOGS = ['ApiTotalUsage', 'Login', 'Logout'];

const text = z.string().nullable();
const Login = z.object({
  UserId: z.string(),
  LoginTime: z.string(),
  Application: text,
  LoginType: text,
  LoginSubType: text,
  SourceIp: text,
  Status: text,
  ApiType: text,
  ClientVersion: text,
});
const Session = z.object({
  UsersId: z.string(),
  LoginType: text,
  SourceIp: text,
  CreatedDate: z.string(),
  LastModifiedDate: z.string(),
});
const Change = z.object({
  CreatedDate: z.string(),
  CreatedById: text,
  CreatedBy: z.object({ Username: z.string() }).nullish(),
  Action: text,
  Section: text,
  Display: text,
});
const Log = z.object({
  Id: z.string().regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/),
  EventType: z.string(),
  LogDate: z.string(),
  Interval: z.string().nullish(),
  LogFileLength: z.number(),
});
const User = z.object({ Id: z.string(), Username: z.string() });
const Me = z.object({ preferred_username: z.string().min(1) });

/**
 * Everything the org tells of the use of an app, row by row, as it is now. What it refuses, or would show in part only
 * and without saying so, is not evaluated. No token is ever asked for.
 */
export async function readEvidence(
  door: Door,
  request: EvidenceRequest,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<Evidence> {
  const asking: Asking = { door, apiVersion, signal, notEvaluated: [] };
  const own = await ownPermissions(asking, OWN);
  const may = (...names: readonly string[]): boolean => names.some((name) => own?.get(name) === true);
  const logins = await readLogins(asking, request, may(...SEES_LOGINS.names));
  const sessions = await readSessions(asking, request, may(MANAGE_USERS.name));
  const changes = await readChanges(asking, request, may(VIEW_SETUP.name));
  const logs = await readLogs(asking, request);
  const seen = [...(logins ?? []), ...(sessions ?? [])].map(({ userId }) => userId);
  return {
    ...(logins && { logins }),
    ...(sessions && { sessions }),
    ...(changes && { changes }),
    ...(logs && { logs }),
    usernames: await readUsernames(asking, [...request.userIds, ...seen]),
    notEvaluated: asking.notEvaluated,
  };
}

/** Who changed what in Setup since then, latest first; undefined where the org does not show it. */
export async function readSetupChanges(
  door: Door,
  since: string,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<SetupChanges> {
  const asking: Asking = { door, apiVersion, signal, notEvaluated: [] };
  const own = await ownPermissions(asking, [VIEW_SETUP.name]);
  const changes = await readChanges(asking, { since }, own?.get(VIEW_SETUP.name) === true);
  const login = changes && (await ownUsername(asking));
  return { ...(changes && { changes }), ...(login !== undefined && { login }), notEvaluated: asking.notEvaluated };
}

/** Some scopes open the API and not this resource: then it is not known, and nothing else is lost. */
async function ownUsername(asking: Asking): Promise<string | undefined> {
  const what = 'read whose login this is';
  const path = '/services/oauth2/userinfo';
  const apart = { ...asking, notEvaluated: [] };
  return (await orNotEvaluated(apart, what, undefined, async () => inShape(what, Me, await get(asking, what, path))))
    ?.preferred_username;
}

function readLogins(
  asking: Asking,
  { label, since }: EvidenceRequest,
  allowed: boolean,
): Promise<readonly EvidenceLogin[] | undefined> {
  const gap = {
    what: 'logins of the app',
    why: 'without it Salesforce lists only the logins of the connected user',
    permission: SEES_LOGINS.words,
  };
  const soql =
    'SELECT UserId, LoginTime, Application, LoginType, LoginSubType, SourceIp, Status, ApiType, ClientVersion ' +
    `FROM LoginHistory WHERE LoginTime >= ${since} ORDER BY LoginTime DESC`;
  return permitted(asking, allowed, gap, async () => {
    const kept: EvidenceLogin[] = [];
    let looked = 0;
    for await (const page of queryPages(asking, 'read the login history', soql, Login)) {
      looked += page.length;
      for (const row of page) if (row.Application === label) kept.push(loginOf(row));
      if (looked >= MOST_LOGINS) {
        const oldest = page.at(-1)?.LoginTime ?? since;
        const why = `the latest ${looked.toLocaleString('en-US')} logins of the org reach back to it; give a later --since`;
        asking.notEvaluated.push({ what: `logins of the app before ${oldest}`, why });
        break;
      }
    }
    return kept;
  });
}

const loginOf = (row: z.infer<typeof Login>): EvidenceLogin => ({
  time: row.LoginTime,
  userId: row.UserId,
  sourceIp: row.SourceIp,
  type: row.LoginType,
  subType: row.LoginSubType,
  status: row.Status,
  apiType: row.ApiType,
  clientVersion: row.ClientVersion,
});

function readSessions(
  asking: Asking,
  { userIds }: EvidenceRequest,
  allowed: boolean,
): Promise<readonly EvidenceSession[] | undefined> {
  const gap = {
    what: 'OAuth sessions of the users of the app',
    why: 'without it Salesforce lists only the sessions of the connected user',
    permission: MANAGE_USERS.label,
  };
  return permitted(asking, allowed, gap, async () => {
    const rows = await queryByIds(asking, 'read sessions', userIds, Session, (ids) => {
      const fields = 'UsersId, LoginType, SourceIp, CreatedDate, LastModifiedDate';
      return `SELECT ${fields} FROM AuthSession WHERE SessionType = 'Oauth2' AND UsersId IN ${ids}`;
    });
    return rows.map((row) => ({
      userId: row.UsersId,
      created: row.CreatedDate,
      lastModified: row.LastModifiedDate,
      sourceIp: row.SourceIp,
      loginType: row.LoginType,
    }));
  });
}

/** Rows about records, each id once: of 15 and of 18 characters are the same. */
async function queryByIds<T>(
  asking: Asking,
  what: string,
  ids: readonly string[],
  row: z.ZodType<T>,
  soql: (ids: string) => string,
): Promise<readonly T[]> {
  const rows: T[] = [];
  const all = [...new Map(ids.map((id) => [shortId(id), id])).values()];
  for (const some of inQueries(all)) rows.push(...(await queryRows(asking, what, soql(soqlList(some)), row)));
  return rows;
}

/** All changes of the time, for no one can ask for those of one app. */
function readChanges(
  asking: Asking,
  { since }: Pick<EvidenceRequest, 'since'>,
  allowed: boolean,
): Promise<readonly EvidenceChange[] | undefined> {
  const gap = {
    what: 'changes in Setup (SetupAuditTrail)',
    why: 'without it Salesforce lists none',
    permission: VIEW_SETUP.label,
  };
  const soql =
    'SELECT CreatedDate, CreatedById, CreatedBy.Username, Action, Section, Display FROM SetupAuditTrail ' +
    `WHERE CreatedDate >= ${since} ORDER BY CreatedDate DESC LIMIT ${MOST_CHANGES}`;
  return permitted(asking, allowed, gap, async () => {
    const rows = await queryRows(asking, 'read the setup audit trail', soql, Change);
    if (rows.length >= MOST_CHANGES) {
      const what = `changes in Setup before ${rows.at(-1)?.CreatedDate ?? since}`;
      asking.notEvaluated.push({ what, why: `only the latest ${MOST_CHANGES} are read; give a later --since` });
    }
    return rows.map((row) => ({
      time: row.CreatedDate,
      user: row.CreatedBy?.Username ?? row.CreatedById ?? '',
      section: row.Section ?? '',
      action: row.Action ?? '',
      display: asking.door.redact(row.Display ?? ''),
    }));
  });
}

async function readLogs(asking: Asking, { logsSince }: EvidenceRequest): Promise<readonly EvidenceLog[] | undefined> {
  const what = 'event log files';
  const soql =
    'SELECT Id, EventType, LogDate, Interval, LogFileLength FROM EventLogFile ' +
    `WHERE CreatedDate >= ${logsSince} AND EventType IN ${soqlList(FREE_LOGS)} ORDER BY LogDate`;
  const found = await orNotEvaluated(asking, what, VIEW_EVENT_LOG_FILES, () =>
    queryRows(asking, 'list event log files', soql, Log),
  );
  if (found?.length === 0) {
    const why = `the org lists none since ${logsSince}: there are none yet, its edition creates none, or this user cannot see them`;
    asking.notEvaluated.push({ what, why, permission: VIEW_EVENT_LOG_FILES });
    return undefined;
  }
  const logs: EvidenceLog[] = [];
  for (const file of found ?? []) {
    const log = await readLog(asking, file);
    if (log !== undefined) logs.push(log);
  }
  return found && logs;
}

async function readLog(asking: Asking, file: z.infer<typeof Log>): Promise<EvidenceLog | undefined> {
  const { door, apiVersion, signal } = asking;
  const what = `the event log file ${file.EventType} of ${file.LogDate}`;
  if (file.LogFileLength > LARGEST_LOG) {
    asking.notEvaluated.push({
      what,
      why: `it has ${file.LogFileLength} bytes, more than the limit (${LARGEST_LOG})`,
    });
    return undefined;
  }
  const url = `${door.instanceUrl}${dataPath(asking, `/sobjects/EventLogFile/${file.Id}/LogFile`)}`;
  const csv = await orNotEvaluated(asking, what, VIEW_EVENT_LOG_FILES, async () => {
    const answer: unknown = await door.call(
      { what: `read ${what}`, apiVersion, signal, mode: 'read', protocol: 'rest' },
      // Else jsforce would take the CSV apart.
      (api) => api.connection.request({ method: 'GET', url }, { responseType: 'text/plain' }),
    );
    return inShape(`read ${what}`, z.string(), answer);
  });
  if (csv === undefined) return undefined;
  return { type: file.EventType, date: file.LogDate, interval: file.Interval ?? 'Daily', text: door.redact(csv) };
}

/** By the first 15 characters of the record id. */
async function readUsernames(asking: Asking, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await orNotEvaluated(asking, 'names of users', undefined, () =>
    queryByIds(asking, 'read names of users', ids, User, (some) => `SELECT Id, Username FROM User WHERE Id IN ${some}`),
  );
  return new Map((rows ?? []).map(({ Id, Username }) => [shortId(Id), Username]));
}
