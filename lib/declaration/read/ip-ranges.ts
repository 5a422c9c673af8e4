import { ipRangeProblem } from '../../values/ip-range';
import type { IpRange } from '../client-app';
import type { Reading } from '../reading';
import type { Props } from './props';
import { readRecord, readText } from './values';

/** Salesforce's limit for lists of ranges and for custom attributes. */
const MAX_RECORDS = 128;

/** IP ranges of this org, sorted by start. */
export const readIpRanges = (value: unknown, field: string, reading: Reading): readonly IpRange[] | undefined =>
  reading.perOrg(value, field, (one) => readRanges(one, field, reading));

function readRanges(value: unknown, field: string, reading: Reading): readonly IpRange[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    reading.wrongType(field, value, "a list of { start: '203.0.113.0', end: '203.0.113.255' }");
    return undefined;
  }
  tooMany(field, value.length, reading);
  const ranges = [...(value as readonly unknown[])].flatMap(
    (range, index) => readRange(range, `${field}[${index}]`, reading) ?? [],
  );
  sameRangeTwice(ranges, field, reading);
  return ranges.sort((a, b) => compare(`${a.start} ${a.end}`, `${b.start} ${b.end}`));
}

function sameRangeTwice(ranges: readonly IpRange[], field: string, reading: Reading): void {
  const spelled = ranges.map(({ start, end }) => `${start} - ${end}`);
  spelled.forEach((range, index) => {
    if (spelled.indexOf(range) === index) return;
    const problem = { problem: 'this range is in the list already', allowed: 'each range once', remedy: 'remove one' };
    reading.report('same-range-twice', `${field}[${index}]`, problem, { given: range });
  });
}

function readRange(value: unknown, field: string, reading: Reading): IpRange | undefined {
  const record = readRecord(value, field, ['start', 'end', 'description'], reading);
  if (!record) return undefined;
  const start = required(record, 'start', field, reading);
  const end = required(record, 'end', field, reading);
  const description = readText(record['description'], `${field}.description`, reading);
  if (start === undefined || end === undefined) return undefined;
  const problem = ipRangeProblem(start, end);
  if (problem !== undefined) {
    const allowed = 'two IPv4 addresses or two IPv6 addresses, the first one not after the second';
    const about = { problem, allowed, remedy: 'correct start and end' };
    reading.report('invalid-ip-range', field, about, { given: `${start} - ${end}` });
  }
  return { start, end, ...(description !== undefined && { description }) };
}

function required(record: Props, member: string, field: string, reading: Reading): string | undefined {
  if (record[member] === undefined) reading.missing(`${field}.${member}`, 'an IP address');
  return readText(record[member], `${field}.${member}`, reading, 'an IP address');
}

/** Reports a list that is longer than Salesforce takes. */
export function tooMany(field: string, count: number, reading: Reading): void {
  if (count <= MAX_RECORDS) return;
  const allowed = `at most ${MAX_RECORDS}`;
  reading.report('too-many', field, { problem: `there are ${count}`, allowed, remedy: 'remove some of them' });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
