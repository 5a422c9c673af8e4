import type {
  CustomAttribute,
  IdTokenPolicy,
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
import { tooMany } from './ip-ranges';
import { readJustification } from './justification';
import { readMinutes } from './tokens';
import { isPlainObject, readBoolean, readRecord, readText } from './values';

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
