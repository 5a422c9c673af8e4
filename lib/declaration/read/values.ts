import { holdsCredential } from '../../values/credential';
import { isEmail } from '../../values/email';
import { isStorable, isTerraformToken, isVisible } from '../../values/text';
import { knownAtSynth } from '../known-at-synth';
import type { Reading } from '../reading';
import type { Props } from './props';
import { unknownMembers } from './unknown-options';

/** The value as a plain record, or undefined after reporting that it is something else or has unknown members. */
export function readRecord(
  value: unknown,
  field: string,
  members: readonly string[],
  reading: Reading,
): Props | undefined {
  if (!isPlainObject(value)) {
    reading.wrongType(field, value, `an object with ${members.join(', ')}`);
    return undefined;
  }
  unknownMembers(value, field, members, reading);
  return value;
}

/** True for an object whose members say it all: of a Map, a Set or a Date, nothing of what they hold would be read. */
export const isPlainObject = (value: unknown): value is Props =>
  Object.prototype.toString.call(value) === '[object Object]';

/** Text on one line, trimmed, not empty; undefined where it is not stated or was reported. */
export function readText(value: unknown, field: string, reading: Reading, allowed = 'text on one line') {
  if (value === undefined) return undefined;
  const text = storableText(value, field, reading, allowed);
  if (text === undefined) return undefined;
  if (/[\r\n\t]/.test(text)) {
    const problem = { problem: 'the text has a line break or a tab', allowed, remedy: 'write it on one line' };
    reading.report('invalid-text', field, problem, { given: text });
    return undefined;
  }
  return text;
}

/** Text that may have several lines, trimmed, not empty. */
export function readLines(value: unknown, field: string, reading: Reading): string | undefined {
  return value === undefined ? undefined : storableText(value, field, reading, 'text')?.replace(/\r\n?/g, '\n');
}

function storableText(value: unknown, field: string, reading: Reading, allowed: string): string | undefined {
  if (typeof value !== 'string') {
    reading.wrongType(field, value, allowed);
    return undefined;
  }
  const knowledge = knownAtSynth(value, field, reading);
  if (knowledge !== 'known') return knowledge === 'late' ? value : undefined;
  const text = value.trim();
  if (holdsCredential(text)) {
    reading.found('credential-given', { field });
    return undefined;
  }
  if (text !== '' && isStorable(text) && isVisible(text)) return text;
  const problem =
    text === ''
      ? 'the text is empty'
      : isStorable(text)
        ? 'the text shows nothing, or has characters that turn the order of what is shown'
        : 'the text has a character that metadata files cannot hold';
  reading.report('invalid-text', field, { problem, allowed, remedy: `give ${allowed}` }, { given: value });
  return undefined;
}

export function readBoolean(value: unknown, field: string, reading: Reading): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  reading.wrongType(field, value, 'true or false');
  return undefined;
}

/** A switch that only tightens: true, or left to the org. */
export function readTrue(value: unknown, field: string, reading: Reading): true | undefined {
  const stated = readBoolean(value, field, reading);
  if (stated !== false) return stated;
  const problem = { problem: 'the option can only tighten', allowed: 'true', remedy: 'remove it' };
  reading.report('wrong-value', field, problem, { given: value });
  return undefined;
}

/** A list of distinct texts, each on one line, in the author's order. */
export function readTexts(value: unknown, field: string, reading: Reading, allowed: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reading.wrongType(field, value, `a list of ${allowed}`);
    return [];
  }
  // Spread, so that a hole in the list is an element like any other.
  const texts = [...(value as readonly unknown[])].map((element, index) => {
    const text = readText(element, `${field}[${index}]`, reading, allowed);
    if (element === undefined) reading.wrongType(`${field}[${index}]`, element, allowed);
    return text;
  });
  const distinct = [...new Set(texts.filter((text) => text !== undefined))];
  sameButForCase(distinct, field, reading);
  return distinct;
}

/** Salesforce compares names without regard to case, so two spellings are one name that would never be in sync. */
function sameButForCase(names: readonly string[], field: string, reading: Reading): void {
  const first = new Map<string, string>();
  for (const name of names) {
    const other = first.get(name.toLowerCase());
    if (other === undefined) first.set(name.toLowerCase(), name);
    else {
      const problem = { problem: `${other} is in the list already; upper and lower case make no difference` };
      reading.report(
        'same-name-twice',
        field,
        { ...problem, allowed: 'each name once', remedy: `remove ${name}` },
        { given: name },
      );
    }
  }
}

export function readEmail(value: unknown, field: string, reading: Reading): string | undefined {
  const allowed = 'an e-mail address of at most 80 characters';
  const text = readText(value, field, reading, allowed);
  if (text === undefined || isTerraformToken(text) || isEmail(text)) return text;
  const problem = { problem: 'this is not an e-mail address', allowed, remedy: 'give a mailbox that a team reads' };
  reading.report('invalid-email', field, problem, { given: text });
  return undefined;
}

/** An https URL without credentials. */
export function readHttpsUrl(value: unknown, field: string, reading: Reading): string | undefined {
  const allowed = 'an https URL without user name and password';
  const text = readText(value, field, reading, allowed);
  if (text === undefined || isTerraformToken(text)) return text;
  const url = /^https:\/\/[^/\\\s]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '' && !/\s/.test(text)) return text;
  const given = url !== undefined && url.username !== '' ? '(withheld: holds credentials)' : text;
  reading.report(
    'invalid-url',
    field,
    { problem: 'this is not such a URL', allowed, remedy: `give ${allowed}` },
    { given },
  );
  return undefined;
}
