import type { Exception, Setting } from '../../declaration/client-app';
import type { Props } from '../../declaration/read/props';
import { readRecordName, requiredText } from '../../declaration/read/record-names';
import { readBoolean, readRecord } from '../../declaration/read/values';
import { type DeclareContext, Reading } from '../../declaration/reading';
import { byDefault, stated } from '../../declaration/setting';
import type { ClientApp } from '../../options/client-app';
import type { Diagnostic } from '../../values/diagnostic';
import { fail, ok, type Result } from '../../values/result';
import type { FieldValue, OwnedValue } from '../component';
import type { ComponentType } from '../fields/field';

/** A record of the org beside its apps, as declared. */
export interface RecordDeclaration {
  readonly kind: RecordKind;
  readonly path: string;
  readonly apiName: string;
  /** Its fields as Salesforce has them; complete enough to be created. */
  readonly fields: Readonly<Record<string, OwnedValue>>;
  readonly exceptions: readonly Exception[];
}

/** All that is known of one kind of record beside the apps. */
export interface RecordKind {
  /** Its metadata type, with the table of its fields. */
  readonly type: ComponentType;
  /** What people call it, in the middle of a sentence. */
  readonly words: string;
  /** The same where a list has named the kinds before it. */
  readonly brief: string;
  /** What it is for, in a sentence. */
  readonly purpose: string;
  /** The attribute of its Terraform resource that holds the fields. */
  readonly attribute: string;
  /** Fields without which there is none. */
  readonly required: readonly string[];
  /** Fields that later API versions require, and what a new record has there if no one states it. Default: none. */
  readonly otherwise?: Readonly<Record<string, boolean>>;
  /** Whether apps need it, so that it is written before them, or it names apps, and follows them (D6). */
  readonly phase: 'enable' | 'handlers';
  /** The field whose rows name apps, and the option that states it. Absent: it names none. */
  readonly apps?: { readonly field: string; readonly option: string };
  /** What the author typed, as a value that can only be valid, or every problem at once. */
  readonly declare: (props: unknown, context: DeclareContext) => Result<RecordDeclaration, readonly Diagnostic[]>;
  /** Its options, each with the field that it states. Undefined: it states several. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Its options as an author would have given them for these fields, for Terraform to be judged by; not all need be there. */
  readonly recall: (fields: Readonly<Record<string, FieldValue>>) => Props;
  /** What must hold between the records of this kind and the apps of one org. */
  readonly check: (records: readonly RecordDeclaration[], apps: readonly ClientApp[]) => readonly Diagnostic[];
}

/** What a record says of itself, where its type has the field: the option, and what it takes. */
const HEADER: Readonly<Record<string, readonly [option: string, allowed: string]>> = {
  masterLabel: ['label', 'the display name'],
  description: ['description', 'what it is for, on one line'],
};

const NAME = 'developerName';
/** Some types have a field that repeats the name of a record. */
export const hasNameField = ({ fields }: ComponentType): boolean => fields.some(({ name }) => name === NAME);

/** That field. */
export const nameField = (type: ComponentType, value: string): Readonly<Record<string, OwnedValue>> =>
  hasNameField(type) ? { [NAME]: statedValue(value) } : {};

/** A kind whose options are the name, the label and description that its type has, and its own. */
export function recordKind({
  read,
  recall,
  apps,
  ...row
}: Omit<RecordKind, 'declare' | 'recall' | 'apps'> & {
  /** The field whose rows name apps. Absent: it names none. */
  readonly apps?: string;
  /** The fields that its own options decide. */
  readonly read: (given: Props, reading: Reading) => Readonly<Record<string, OwnedValue>>;
  /** Its own options, read backwards. Default: none. */
  readonly recall?: RecordKind['recall'];
}): RecordKind {
  const header = Object.entries(HEADER).filter(([field]) => row.type.fields.some(({ name }) => name === field));
  const options = { ...Object.fromEntries(header.map(([field, [option]]) => [option, field])), ...row.options };
  const [option = ''] = Object.entries(options).find(([, field]) => field === apps) ?? [];
  const kind: RecordKind = {
    ...row,
    options,
    ...(apps !== undefined && { apps: { field: apps, option } }),
    recall: (fields) => ({
      ...Object.fromEntries(
        header.flatMap(([field, [stated]]) => (field in fields ? [[stated, fields[field]] as const] : [])),
      ),
      ...recall?.(fields),
    }),
    declare: (props, context) => {
      const reading = new Reading(context, 'org');
      const given = readRecord(props, 'props', ['apiName', ...Object.keys(options)], reading);
      if (!given) return fail(reading.diagnostics);
      const apiName = readRecordName(given['apiName'], reading);
      const fields = {
        ...nameField(row.type, apiName),
        ...Object.fromEntries(
          header.map(([field, [stated, allowed]]) => [
            field,
            statedValue(requiredText(given[stated], stated, reading, allowed)),
          ]),
        ),
        ...read(given, reading),
      };
      if (reading.diagnostics.length > 0) return fail(reading.diagnostics);
      return ok({ kind, path: context.path, apiName, fields, exceptions: reading.exceptions });
    },
  };
  return kind;
}

export const statedValue = (value: FieldValue): OwnedValue => ({ value, ownership: 'stated' });

export const ownedValue = ({ value, origin }: Setting<boolean>): OwnedValue => ({ value, ownership: origin });

/** A switch as stated, or else as it is by default. */
export function readSwitch(given: Props, field: string, otherwise: boolean, reading: Reading): OwnedValue {
  const value = readBoolean(given[field], field, reading);
  return ownedValue(value === undefined ? byDefault(otherwise) : stated(value));
}
