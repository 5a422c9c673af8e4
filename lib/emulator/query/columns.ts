import { parseQuery, type SelectItem } from './parse';

interface Column {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly joinColumns: readonly Column[];
}

const column = (columnName: string, more: Partial<Column> = {}): Column => ({
  columnName,
  displayName: columnName,
  aggregate: false,
  joinColumns: [],
  ...more,
});

/** What `columns=true` asks of a query: its columns in place of its rows, as the Salesforce CLI wants them for its tables. */
export function columnsOf(text: string): object | undefined {
  const query = parseQuery(text);
  if ('malformed' in query) return undefined;
  let unnamed = 0;
  const aggregate = ({ alias }: SelectItem): Column => column(alias ?? `expr${unnamed++}`, { aggregate: true });
  const columns = new Map<string, Column>();
  for (const item of query.items) {
    const [name = '', field] = item.path ?? [];
    if (item.aggregate !== undefined) {
      const found = aggregate(item);
      columns.set(found.columnName, found);
    } else if (field === undefined) columns.set(name, column(name));
    else {
      const { joinColumns = [] } = columns.get(name) ?? {};
      columns.set(name, column(name, { joinColumns: [...joinColumns, column(field)] }));
    }
  }
  return { columnMetadata: [...columns.values()], entityName: query.from, groupBy: query.groupBy.length > 0 };
}
