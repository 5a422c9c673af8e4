import { type Refusal, refuse } from '../context';
import type { OrgState, OrgUser } from '../state';
import { like } from './like';
import {
  type Aggregate,
  type Condition,
  type Literal,
  parseQuery,
  type Path,
  type Query,
  type SelectItem,
} from './parse';
import type { Queryable, Row } from './table';

type Value = Row[string];

/** What a query gives: records, or for `COUNT()` just their number. */
export interface QueryRows {
  readonly records: readonly Row[];
  readonly totalSize: number;
  readonly aggregate: boolean;
  /** Records of one page, where the object has its own number. */
  readonly page?: number;
}

/** Runs a query against the org. @param tables The objects that the caller can see. */
export function runQuery(
  text: string,
  tables: Readonly<Record<string, Queryable>>,
  state: OrgState,
  caller: OrgUser | undefined,
  version: number,
): QueryRows | Refusal {
  const query = parseQuery(text);
  if ('malformed' in query) return refuse('MALFORMED_QUERY', query.malformed);
  return runParsed(query, { tables, state, caller, version });
}

interface Running {
  readonly tables: Readonly<Record<string, Queryable>>;
  readonly state: OrgState;
  readonly caller: OrgUser | undefined;
  readonly version: number;
}

function runParsed(asked: Query, running: Running): QueryRows | Refusal {
  const { tables, state, caller, version } = running;
  const query = joined(asked, running);
  if ('reason' in query) return query.reason;
  const name = Object.keys(tables).find((table) => table.toLowerCase() === query.from.toLowerCase());
  const table = name === undefined ? undefined : tables[name];
  if (name === undefined || table === undefined) {
    return refuse('INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
  }
  const resolve = (path: Path): Path | undefined => {
    const known = table.fields.find((field) => field.toLowerCase() === path.join('.').toLowerCase());
    return known?.split('.');
  };
  const checked = resolveAll(query, resolve);
  if ('unknown' in checked) {
    return refuse('INVALID_FIELD', `No such column '${checked.unknown}' on entity '${name}'.`);
  }
  const unfit = checked.where.find(({ path }) => table.unfilterable?.includes(path.join('.')) === true);
  if (unfit) return refuse('INVALID_FIELD', `field '${unfit.path.join('.')}' can not be filtered in a query call`);
  const { offset = 0 } = checked;
  if (offset > 2000 && table.limits?.offsets !== true) {
    return refuse('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
  const wrong = misgrouped(checked);
  if (wrong !== undefined) return refuse('MALFORMED_QUERY', wrong);
  const rows = table.rows(state, caller).filter((row) => checked.where.every((condition) => holds(row, condition)));
  const sorted = sort(rows, checked);
  const limited = sorted.slice(offset, checked.limit === undefined ? undefined : offset + checked.limit);
  if (checked.items.every(({ aggregate, path }) => aggregate !== undefined && path === undefined)) {
    return { records: [], totalSize: limited.length, aggregate: false };
  }
  if (!checked.items.some(({ aggregate }) => aggregate !== undefined) && checked.groupBy.length === 0) {
    const given = limited.slice(0, table.limits?.rows);
    const records = given.map((row) => pick(row, checked.items, name, version));
    const page = table.limits?.page;
    return { records, totalSize: records.length, aggregate: false, ...(page !== undefined && { page }) };
  }
  const groups = group(rows, checked);
  const records = groups.slice(0, checked.limit);
  return { records, totalSize: records.length, aggregate: true };
}

/** The query with the ids that its semi-joins find. Salesforce takes one id field of the inner query. */
function joined(query: Query, running: Running): Query | { readonly reason: Refusal } {
  const where: Condition[] = [];
  for (const { query: inner, ...condition } of query.where) {
    if (!inner) {
      where.push(condition);
      continue;
    }
    const [item, more] = inner.items;
    const field = item?.path?.at(-1) ?? '';
    if (more || !/Id$/.test(field) || !/Id$/.test(condition.path.at(-1) ?? '')) {
      return { reason: refuse('MALFORMED_QUERY', 'Semi join sub-selects can only query id fields') };
    }
    const found = runParsed(inner, running);
    if (!('records' in found)) return { reason: found };
    const ids = found.records.map((row) => Object.entries(row).find(([name]) => name !== 'attributes')?.[1]);
    where.push({ ...condition, values: ids.filter((id) => typeof id === 'string') });
  }
  return { ...query, where };
}

const itemPaths = ({ items, where, groupBy, orderBy }: Query): readonly Path[] => [
  ...items.flatMap(({ path }) => (path === undefined ? [] : [path])),
  ...where.map(({ path }) => path),
  ...groupBy,
  ...orderBy.map(({ path }) => path),
];

/** The query with every field in the spelling of the object, or the first that it does not have. */
function resolveAll(query: Query, resolve: (path: Path) => Path | undefined): Query | { readonly unknown: string } {
  const unknown = itemPaths(query).find((path) => resolve(path) === undefined);
  if (unknown !== undefined) return { unknown: unknown.join('.') };
  const known = (path: Path): Path => resolve(path) ?? path;
  return {
    ...query,
    items: query.items.map((item) => (item.path === undefined ? item : { ...item, path: known(item.path) })),
    where: query.where.map((condition) => ({ ...condition, path: known(condition.path) })),
    groupBy: query.groupBy.map(known),
    orderBy: query.orderBy.map((order) => ({ ...order, path: known(order.path) })),
  };
}

/** A field beside a COUNT must be grouped by. */
function misgrouped({ items, groupBy }: Query): string | undefined {
  if (!items.some(({ aggregate }) => aggregate !== undefined) && groupBy.length === 0) {
    return items.some(({ alias }) => alias !== undefined) ? 'only aggregate expressions use field aliasing' : undefined;
  }
  const grouped = groupBy.map((path) => path.join('.'));
  const loose = items.find(
    ({ aggregate, path }) => aggregate === undefined && !grouped.includes(path?.join('.') ?? ''),
  );
  return loose && `Field must be grouped or aggregated: ${loose.path?.join('.') ?? ''}`;
}

function valueAt(row: Row, path: Path): Value {
  let value: Value = row;
  for (const name of path) {
    if (value === null || typeof value !== 'object') return null;
    value = value[name] ?? null;
  }
  return value;
}

/** SOQL compares text without regard to case; ids of 15 characters equal those of 18. */
function equal(value: Value, literal: Literal): boolean {
  if (typeof value !== 'string' || typeof literal !== 'string') return value === literal;
  const long = literal.length === 15 && value.length === 18 ? value.slice(0, 15) : value;
  return long.toLowerCase() === literal.toLowerCase();
}

function holds(row: Row, { path, operator, values }: Condition): boolean {
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    const [value, limit] = [valueAt(row, path), values[0] ?? null];
    if (value === null || limit === null || typeof value !== typeof limit) return false;
    if (value === limit) return operator.endsWith('=');
    return value < limit === operator.startsWith('<');
  }
  if (operator === 'LIKE') {
    const [value, pattern] = [valueAt(row, path), values[0]];
    return typeof value === 'string' && typeof pattern === 'string' && like(value, pattern);
  }
  const found = values.some((literal) => equal(valueAt(row, path), literal));
  return operator === '=' || operator === 'IN' ? found : !found;
}

const sortKey = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));

function sort(rows: readonly Row[], { orderBy, groupBy }: Query): readonly Row[] {
  if (orderBy.length === 0 || groupBy.length > 0) return rows;
  return [...rows].sort((a, b) => {
    for (const { path, descending } of orderBy) {
      const [x, y] = [sortKey(valueAt(a, path)), sortKey(valueAt(b, path))];
      if (x !== y) return (x < y ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}

function pick(row: Row, items: readonly SelectItem[], type: string, version: number): Row {
  const id = valueAt(row, ['Id']);
  const url = `/services/data/v${version.toFixed(1)}/sobjects/${type}/${sortKey(id)}`;
  const picked: Record<string, Value> = { attributes: { type, url } };
  for (const { path = [] } of items) {
    const [first = '', second] = path;
    if (second === undefined) picked[first] = valueAt(row, path);
    else if (valueAt(row, [first]) === null) picked[first] = null;
    else picked[first] = { ...(picked[first] as Row | undefined), [second]: valueAt(row, path) };
  }
  return picked;
}

function group(rows: readonly Row[], { items, groupBy }: Query): readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(groupBy.map((path) => valueAt(row, path)));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  if (groups.size === 0 && groupBy.length === 0) groups.set('', []);
  return [...groups.values()].map((members) => {
    const record: Record<string, Value> = { attributes: { type: 'AggregateResult' } };
    let unnamed = 0;
    for (const { path = [], aggregate, alias } of items) {
      if (aggregate) record[alias ?? `expr${unnamed++}`] = aggregated(aggregate, members, path);
      else record[alias ?? path.at(-1) ?? ''] = members[0] === undefined ? null : valueAt(members[0], path);
    }
    return record;
  });
}

/** Missing values count for nothing. */
function aggregated(aggregate: Aggregate, rows: readonly Row[], path: Path): Value {
  const values = rows.map((row) => valueAt(row, path)).filter((value) => value !== null);
  if (aggregate === 'COUNT') return values.length;
  if (aggregate === 'COUNT_DISTINCT') return new Set(values.map(sortKey)).size;
  const sorted = [...values].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return (aggregate === 'MIN' ? sorted[0] : sorted.at(-1)) ?? null;
}
