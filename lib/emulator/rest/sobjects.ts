import { sameId } from '../../values/record-id';
import { refuse } from '../context';
import { TABLES } from '../query/tables';
import { isTracked, SOURCE_MEMBER } from '../tracking/source-members';
import { usageOf } from '../usage/grants';
import { seesEventLogs } from '../usage/tables';
import { ok, type RestHandler, type Route } from './route';

const record: RestHandler = ({ context, parts, version, user, request }) => {
  const [type = '', id = ''] = parts;
  const table = Object.hasOwn(TABLES, type) ? TABLES[type] : undefined;
  const row = table?.rows(context.state(), user).find((one) => typeof one['Id'] === 'string' && sameId(one['Id'], id));
  if (table === undefined || row === undefined)
    return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  const own = table.fields.filter((field) => !field.includes('.'));
  const wanted = request.query.get('fields')?.split(',') ?? own;
  const unknown = wanted.find((field) => !own.includes(field));
  if (unknown !== undefined) return refuse('INVALID_FIELD', `No such column '${unknown}' on sobject of type ${type}`);
  const url = `/services/data/v${version.toFixed(1)}/sobjects/${type}/${id}`;
  return ok({ attributes: { type, url }, ...Object.fromEntries(wanted.map((field) => [field, row[field]])) });
};

/** By which the Salesforce CLI sees whether an org tracks its source: the one object of the Tooling API described here. */
const describeSourceMember: RestHandler = ({ context, version }) => {
  if (!isTracked(context.state(), context.switches)) {
    return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  const url = `/services/data/v${version.toFixed(1)}/tooling/sobjects/SourceMember`;
  return ok({
    name: 'SourceMember',
    label: 'Source Member',
    keyPrefix: '0MZ',
    queryable: true,
    retrieveable: true,
    ...{ createable: false, updateable: false, deletable: false, custom: false },
    fields: SOURCE_MEMBER.fields.map((name) => ({ name, label: name, type: typeOf(name), filterable: true })),
    urls: { sobject: url, describe: `${url}/describe` },
  });
};

function typeOf(field: string): string {
  if (field === 'Id') return 'id';
  if (field === 'LastModifiedDate') return 'datetime';
  if (field === 'RevisionCounter') return 'long';
  return field.startsWith('Is') ? 'boolean' : 'string';
}

/** The log of an event log file, as CSV. */
const eventLog: RestHandler = ({ context, parts, user }) => {
  const [id = ''] = parts;
  const state = context.state();
  const log = usageOf(state).eventLogs?.find((one) => sameId(one.id, id));
  if (log === undefined || !context.switches.eventLogFilesAvailable || !seesEventLogs(state, user)) {
    return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  return { status: 200, csv: log.text };
};

export const SOBJECT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/sobjects\/(\w+)\/([A-Za-z0-9]{15,18})$/,
    versioned: true,
    login: true,
    operation: 'sobjects',
    handle: record,
  },
  {
    method: 'GET',
    pattern: /^\/sobjects\/EventLogFile\/([A-Za-z0-9]{15,18})\/LogFile$/,
    versioned: true,
    login: true,
    operation: 'eventLogFile',
    handle: eventLog,
  },
  {
    method: 'GET',
    pattern: /^\/tooling\/sobjects\/SourceMember\/describe$/,
    versioned: true,
    login: true,
    operation: 'toolingDescribe',
    handle: describeSourceMember,
  },
];
