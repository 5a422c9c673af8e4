import { isRefusal, refuse, sessionIdOf } from '../context';
import { randomText } from '../ids';
import { columnsOf } from '../query/columns';
import { runQuery } from '../query/run';
import type { Queryable } from '../query/table';
import { deployRequests, TABLES, TOOLING_TABLES } from '../query/tables';
import { isTracked, SOURCE_MEMBER } from '../tracking/source-members';
import { seesEventLogs, USAGE_TOOLING_TABLES, usageTables } from '../usage/tables';
import { ok, type RestAnswer, type RestCall, type RestHandler, type Route } from './route';

/** Records one page of a query holds. */
const PAGE = 2000;

/** What a user without the permission cannot see does not exist for them. */
function visible(
  tables: Readonly<Record<string, Queryable>>,
  { context, user, request }: Pick<RestCall, 'context' | 'user' | 'request'>,
): Readonly<Record<string, Queryable>> {
  const { switches } = context;
  const { apexClassesQueryable, certificatesQueryable, deployRequestsQueryable, eventLogFilesRefused } = switches;
  const hidden = [
    ...(apexClassesQueryable ? [] : ['ApexClass']),
    ...(certificatesQueryable ? [] : ['Certificate']),
    ...(deployRequestsQueryable ? [] : ['DeployRequest']),
    ...(eventLogFilesRefused && !seesEventLogs(context.state(), user) ? ['EventLogFile'] : []),
  ];
  const shown = switches.apiAccessControlAvailable ? tables : withoutAnyApiClient(tables);
  const all =
    tables === TABLES
      ? { ...shown, ...usageTables(switches, { now: context.now(), session: sessionIdOf(request) }) }
      : {
          ...tables,
          ...USAGE_TOOLING_TABLES,
          DeployRequest: deployRequests(context.deploys.all()),
          ...(isTracked(context.state(), switches) && { SourceMember: SOURCE_MEMBER }),
        };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !hidden.includes(name)));
}

/** Where Support has not made API Access Control available, there is no permission to get around it. */
const withoutAnyApiClient = (tables: Readonly<Record<string, Queryable>>): Readonly<Record<string, Queryable>> =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      { ...table, fields: table.fields.filter((field) => !field.endsWith('PermissionsUseAnyApiClient')) },
    ]),
  );

const queryOf =
  (tables: Readonly<Record<string, Queryable>>): RestHandler =>
  ({ context, request, version, user }) => {
    const text = request.query.get('q');
    if (text === null) return refuse('MALFORMED_QUERY', 'A query string has to be specified');
    const rows = runQuery(text, visible(tables, { context, user, request }), context.state(), user, version);
    if (isRefusal(rows)) return rows;
    if (request.query.get('columns') === 'true') return ok(columnsOf(text));
    const { records, totalSize, aggregate, page: size = PAGE } = rows;
    if (records.length <= size) return ok({ totalSize, done: true, records });
    if (aggregate) {
      return refuse(
        'EXCEEDED_ID_LIMIT',
        'aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
      );
    }
    const cursor = `01gEM${randomText(10)}AAA`;
    context.cursors.set(cursor, { rows: records, page: size });
    return page(context, version, cursor, 0);
  };

function page(context: RestCall['context'], version: number, cursor: string, from: number): RestAnswer {
  const { rows: records, page: size } = context.cursors.get(cursor) ?? { rows: [], page: PAGE };
  const next = from + size;
  const more = next < records.length;
  return ok({
    totalSize: records.length,
    done: !more,
    ...(more ? { nextRecordsUrl: `/services/data/v${version.toFixed(1)}/query/${cursor}-${next}` } : {}),
    records: records.slice(from, next),
  });
}

const queryMore: RestHandler = ({ context, version, parts }) => {
  const [cursor = '', from = ''] = parts;
  const known = context.cursors.get(cursor);
  if (known === undefined || Number(from) >= known.rows.length) {
    return refuse('INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return page(context, version, cursor, Number(from));
};

export const QUERY_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^\/query\/?$/, versioned: true, login: true, operation: 'query', handle: queryOf(TABLES) },
  {
    method: 'GET',
    pattern: /^\/query\/(01g\w+)-(\d+)$/,
    versioned: true,
    login: true,
    operation: 'queryMore',
    handle: queryMore,
  },
];

/** The Tooling API's own; whether composite requests take it is not published, so here they do not. */
export const TOOLING_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/tooling\/query\/?$/,
    versioned: true,
    login: true,
    operation: 'toolingQuery',
    handle: queryOf(TOOLING_TABLES),
  },
];
