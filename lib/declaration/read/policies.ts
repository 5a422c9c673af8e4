import { ipRangeProblem } from '../../values/ip-range';
import type {
  CustomAttribute,
  IdTokenPolicy,
  IpRange,
  IpRelaxationPolicy,
  SessionLevel as Level,
  SessionLevelAction,
  Setting,
} from '../client-app';
import { DEFAULTS, ID_TOKEN_VALIDITY_MINUTES } from '../defaults';
import { IpRelaxation } from '../options/ip-relaxation';
import { SessionLevel } from '../options/session-level';
import type { Reading } from '../reading';
import { byDefault, stated } from '../setting';
import { readJustification } from './justification';
import type { Props } from './props';
import { readMinutes } from './tokens';
import { isPlainObject, readBoolean, readRecord, readText } from './values';

/** Salesforce's limit for trusted IP ranges and for custom attributes. */
const MAX_RECORDS = 128;

export function readIpRelaxation(value: unknown, reading: Reading): Setting<IpRelaxationPolicy> {
  const fallback = byDefault(DEFAULTS.ipRelaxation.value.private);
  if (value === undefined) return fallback;
  if (!IpRelaxation.is(value)) {
    reading.wrongType('ipRelaxation', value, 'IpRelaxation.ENFORCE or another IpRelaxation');
    return fallback;
  }
  if (value.policy !== 'Enforce') {
    readJustification(value.justification, 'ipRelaxation', `the IP relaxation ${value.policy}`, reading);
  }
  return stated(value.policy);
}

export function readSessionLevel(
  value: unknown,
  reading: Reading,
): { readonly level: Level; readonly action: SessionLevelAction | undefined } | undefined {
  if (value === undefined) return undefined;
  if (!SessionLevel.is(value)) {
    reading.wrongType('requiredSessionLevel', value, 'SessionLevel.STANDARD or SessionLevel.HIGH_ASSURANCE');
    return undefined;
  }
  if (value.level === 'LOW') {
    readJustification(value.justification, 'requiredSessionLevel', 'the session level LOW', reading);
  }
  return { level: value.level, action: value.action };
}

/** Trusted ranges of the web server flow, sorted by start. */
export function readTrustedIpRanges(value: unknown, reading: Reading): readonly IpRange[] | undefined {
  return reading.perOrg(value, 'trustedIpRanges', (one) => readRanges(one, reading));
}

function readRanges(value: unknown, reading: Reading): readonly IpRange[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    reading.wrongType('trustedIpRanges', value, "a list of { start: '203.0.113.0', end: '203.0.113.255' }");
    return undefined;
  }
  tooMany('trustedIpRanges', value.length, reading);
  const ranges = [...(value as readonly unknown[])].flatMap(
    (range, index) => readRange(range, `trustedIpRanges[${index}]`, reading) ?? [],
  );
  sameRangeTwice(ranges, reading);
  return ranges.sort((a, b) => compare(`${a.start} ${a.end}`, `${b.start} ${b.end}`));
}

function sameRangeTwice(ranges: readonly IpRange[], reading: Reading): void {
  const spelled = ranges.map(({ start, end }) => `${start} - ${end}`);
  spelled.forEach((range, index) => {
    if (spelled.indexOf(range) === index) return;
    const problem = { problem: 'this range is in the list already', allowed: 'each range once', remedy: 'remove one' };
    reading.report('same-range-twice', `trustedIpRanges[${index}]`, problem, { given: range });
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
    const told = { problem, allowed, remedy: 'correct start and end' };
    reading.report('invalid-ip-range', field, told, { given: `${start} - ${end}` });
  }
  return { start, end, ...(description !== undefined && { description }) };
}

function required(record: Props, member: string, field: string, reading: Reading): string | undefined {
  if (record[member] === undefined) reading.missing(`${field}.${member}`, 'an IP address');
  return readText(record[member], `${field}.${member}`, reading, 'an IP address');
}

/** Attributes by key, sorted by key. */
export function readCustomAttributes(
  value: unknown,
  reading: Reading,
  field = 'customAttributes',
): readonly CustomAttribute[] | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) {
    reading.wrongType(field, value, "an object of formulas by key: { country: 'Organization.Country' }");
    return undefined;
  }
  const entries = Object.entries(value).sort(([a], [b]) => compare(a, b));
  tooMany(field, entries.length, reading);
  return entries.flatMap(([key, formula]) => {
    const text = readText(formula, `${field}.${key}`, reading, 'a formula');
    const name = readText(key, field, reading, 'a key');
    return text === undefined || name === undefined ? [] : [{ key: name, formula: text }];
  });
}

function tooMany(field: string, count: number, reading: Reading): void {
  if (count <= MAX_RECORDS) return;
  const allowed = `at most ${MAX_RECORDS}`;
  reading.report('too-many', field, { problem: `there are ${count}`, allowed, remedy: 'remove some of them' });
}

const ID_TOKEN_MEMBERS = [
  'validity',
  'audiences',
  'includeStandardClaims',
  'includeCustomAttributes',
  'includeCustomPermissions',
] as const;

export function readIdToken(value: unknown, reading: Reading): IdTokenPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'idToken', ID_TOKEN_MEMBERS, reading);
  if (!record) return undefined;
  const flag = (member: (typeof ID_TOKEN_MEMBERS)[number]) => readBoolean(record[member], `idToken.${member}`, reading);
  const validityMinutes =
    record['validity'] === undefined
      ? ID_TOKEN_VALIDITY_MINUTES
      : readMinutes(record['validity'], 'idToken.validity', { from: 1, to: 720 }, reading);
  const audiences = readText(record['audiences'], 'idToken.audiences', reading);
  const includeStandardClaims = flag('includeStandardClaims');
  const includeCustomAttributes = flag('includeCustomAttributes');
  const includeCustomPermissions = flag('includeCustomPermissions');
  return {
    validityMinutes,
    ...(audiences !== undefined && { audiences }),
    ...(includeStandardClaims !== undefined && { includeStandardClaims }),
    ...(includeCustomAttributes !== undefined && { includeCustomAttributes }),
    ...(includeCustomPermissions !== undefined && { includeCustomPermissions }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
