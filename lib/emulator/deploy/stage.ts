import { type Fields, type FieldValue, isFields, textsOf } from '../fields';
import { unknownTo } from '../schema/defaults';
import { CONNECTED_APP, GLOBAL, HEADER, OAUTH } from '../schema/types';
import { type Component, componentOf, type Draft, nextId, put } from '../state';
import type { Candidate, ChangeEnvironment } from './change';
import { permissionSetNamed } from './permission-set-named';

/** Elements that are commands or belong to the consumer; they are never part of the stored record. */
const NOT_STORED = ['consumerKey', 'consumerSecret', 'shouldRotateConsumerKey', 'shouldRotateConsumerSecret'];
/** Fields the platform writes once; leaving them out keeps them. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  [HEADER]: ['orgScopedExternalApp', 'managedType'],
  [OAUTH]: ['oauthLink'],
  ExtlClntAppPushSettings: ['pushConfigLink'],
  [CONNECTED_APP]: ['permissionSetName', 'profileName'],
};

/** Puts the component into the draft as a whole record: what is left out falls back to its default. */
export function stage(draft: Draft, candidate: Candidate, env: ChangeEnvironment): void {
  const { type, fullName, given } = candidate;
  const previous = componentOf(draft, type.name, fullName);
  const fields: Record<string, FieldValue> = {
    ...carriedOver(candidate, previous, env),
    ...stored(type.name, given),
  };
  if (type.name === CONNECTED_APP && env.switches.permissionSetLabelsOnRetrieve) {
    const sets = textsOf(fields, 'permissionSetName');
    if (sets.length > 0)
      fields['permissionSetName'] = sets.map((text) => permissionSetNamed(draft, text, true)?.fullName ?? text);
  }
  const same = previous !== undefined && canonical(fields) === canonical(previous.fields);
  const component: Component = {
    id: previous?.id ?? nextId(draft, type.idPrefix),
    fullName,
    fields,
    ...(previous?.consumer === undefined ? {} : { consumer: previous.consumer }),
    createdDate: previous?.createdDate ?? env.now,
    lastModifiedDate: same ? previous.lastModifiedDate : env.now,
  };
  put(draft, type.name, component);
}

/** What a record keeps of the one it replaces. */
function carriedOver(candidate: Candidate, previous: Component | undefined, env: ChangeEnvironment): Fields {
  const { type, version } = candidate;
  if (previous === undefined) return {};
  if (type.member !== undefined && !env.switches.omittedSettingsReset) return previous.fields;
  const kept = (KEPT[type.name] ?? []).flatMap((name) => {
    const value = previous.fields[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const booleans = env.switches.omittedBooleansReset
    ? []
    : Object.entries(previous.fields).filter(([, value]) => typeof value === 'boolean');
  return {
    ...unknownTo(version, type.name, previous.fields),
    ...Object.fromEntries<FieldValue>([...kept, ...booleans]),
  };
}

function stored(typeName: string, given: Fields): Fields {
  const entries = Object.entries(given).filter(([name]) => typeName !== GLOBAL || !NOT_STORED.includes(name));
  const fields: Record<string, FieldValue> = Object.fromEntries(entries);
  if (typeName !== CONNECTED_APP) return fields;
  const config = fields['oauthConfig'];
  if (isFields(config)) {
    fields['oauthConfig'] = Object.fromEntries(Object.entries(config).filter(([name]) => !NOT_STORED.includes(name)));
  }
  // One empty element takes every assignment away; no element at all leaves them alone.
  for (const name of ['permissionSetName', 'profileName']) {
    if (fields[name] !== undefined) fields[name] = textsOf(fields, name).filter((text) => text !== '');
  }
  return fields;
}

/** The same text for the same record, whatever the order of its fields. */
export function canonical(value: FieldValue): string {
  if (Array.isArray(value)) return `[${(value as readonly FieldValue[]).map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${name}:${canonical(item)}`).join(',')}}`;
}
