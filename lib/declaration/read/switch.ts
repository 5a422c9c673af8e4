import type { Setting } from '../client-app';
import type { Reading } from '../reading';
import { byDefault, stated } from '../setting';
import { readJustification } from './justification';
import { readBoolean, readRecord } from './values';

interface Switch {
  /** The option as the author writes it. */
  readonly option: string;
  /** The member that says which way: `enabled`, `required`. */
  readonly member: string;
  /** The secure position: what holds by default and needs no justification. */
  readonly secure: boolean;
  /** Completes "… needs a justification". */
  readonly what: string;
  readonly moreMembers?: readonly string[];
}

/** A switch whose insecure position needs a justification: `{ required: false, justification }`. */
export function readSwitch(value: unknown, { option, member, secure, what, moreMembers }: Switch, reading: Reading) {
  if (value === undefined) return { setting: byDefault(secure), record: undefined };
  const record = readRecord(value, option, [member, 'justification', ...(moreMembers ?? [])], reading);
  if (!record) return { setting: byDefault(secure), record: undefined };
  const position = readBoolean(record[member], `${option}.${member}`, reading);
  if (record[member] === undefined) reading.missing(`${option}.${member}`, 'true or false');
  if (position === !secure) readJustification(record['justification'], option, what, reading);
  else if (record['justification'] !== undefined && position === secure) superfluous(option, reading);
  return { setting: stated(position ?? secure), record };
}

function superfluous(option: string, reading: Reading): void {
  reading.found('superfluous-justification', { field: `${option}.justification` });
}

/** A switch that is off unless someone says why: `{ enabled: true, justification }`. */
export const readOffSwitch = (
  value: unknown,
  option: string,
  what: string,
  reading: Reading,
  secure = false,
): Setting<boolean> => readSwitch(value, { option, member: 'enabled', secure, what }, reading).setting;
