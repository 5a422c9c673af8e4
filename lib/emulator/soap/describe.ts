import type { XmlElement } from '../../metadata/package/xml';
import { isRefusal, type Refusal, refuse } from '../context';
import type { WireRecord } from '../deploy/result';
import { listed, propertiesNode } from '../retrieve/files';
import type { FieldSchema } from '../schema/notation';
import { fieldKnown, schemaOf, typeKnown, typeNamed, typesAt } from '../schema/schema';
import { crudAllowed } from './crud-types';
import { childrenOf, result, textIn } from './envelope';
import type { SoapOperation } from './operation';

/** Queries one listMetadata call may have. */
const LIST_LIMIT = 3;

/** An empty list of types in answer to an invalid version would be taken for an org without types. */
function versionIn(operation: XmlElement, fallback: number): number | Refusal {
  const text = textIn(operation, 'asOfVersion');
  if (text === undefined) return fallback;
  return /^\d+(\.\d+)?$/.test(text)
    ? Number(text)
    : refuse('MALFORMED_REQUEST', `The message cannot be parsed: asOfVersion is ${text}, which is no number`);
}

/** describeMetadata(asOfVersion) */
export const describeMetadata: SoapOperation = ({ context, operation, version }) => {
  const asked = versionIn(operation, version);
  if (isRefusal(asked)) return asked;
  const objects = new Map<string, WireRecord>();
  for (const type of typesAt(asked)) {
    objects.set(type.manifest, {
      directoryName: type.directory,
      inFolder: false,
      metaFile: false,
      suffix: type.suffix,
      xmlName: type.manifest,
    });
  }
  const sorted = [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  const production = context.state().profile === 'production';
  return [
    result({
      metadataObjects: sorted,
      organizationNamespace: '',
      partialSaveAllowed: !production,
      testRequired: production,
    }),
  ];
};

/** listMetadata(queries[], asOfVersion): at most three queries. */
export const listMetadata: SoapOperation = ({ context, operation, version }) => {
  const queries = childrenOf(operation, 'queries');
  if (queries.length === 0) return refuse('INVALID_FIELD', 'listMetadata needs at least one query');
  if (queries.length > LIST_LIMIT) {
    return refuse('LIMIT_EXCEEDED', `listMetadata takes at most ${LIST_LIMIT} queries, not ${queries.length}`);
  }
  const asked = versionIn(operation, version);
  if (isRefusal(asked)) return asked;
  const found = [];
  for (const query of queries) {
    const name = textIn(query, 'type') ?? '';
    const types = typesAt(asked).filter(({ manifest }) => manifest === name);
    if (types.length === 0) return refuse('INVALID_TYPE', `Unknown type:${name}`);
    found.push(...types.flatMap((type) => listed(context.state(), type, context.switches.automaticPoliciesListed)));
  }
  return found.map((entry) => propertiesNode('result', entry, context.state()));
};

/** describeValueType(type): `{namespace}Name`. */
export const describeValueType: SoapOperation = ({ context, operation, version }) => {
  const text = textIn(operation, 'type') ?? '';
  const name = /^\{http:\/\/soap\.sforce\.com\/2006\/04\/metadata\}(\w+)$/.exec(text)?.[1];
  const type = name === undefined ? undefined : typeNamed(name);
  if (type === undefined || !typeKnown(type, version)) return refuse('INVALID_TYPE', `Unknown type:${text}`);
  const crud = crudAllowed(type, 'upsertMetadata', context.switches);
  return [
    result({
      apiCreatable: crud && type.member === undefined,
      apiDeletable: crud && type.member === undefined,
      apiReadable: crudAllowed(type, 'readMetadata', context.switches),
      apiUpdatable: crud,
      valueTypeFields: [fullNameField, ...fieldsOf(type.name, version)],
    }),
  ];
};

const fullNameField: WireRecord = {
  isForeignKey: false,
  isNameField: true,
  minOccurs: 0,
  name: 'fullName',
  soapType: 'string',
  valueRequired: true,
};

function fieldsOf(typeName: string, version: number): readonly WireRecord[] {
  return [...(schemaOf(typeName)?.fields.values() ?? [])]
    .filter((field) => fieldKnown(field, version))
    .map((field) => describeField(field, version));
}

function describeField(field: FieldSchema, version: number): WireRecord {
  const schema = schemaOf(field.type);
  const literals = schema?.literals.filter(({ since }) => since <= Math.max(version, 60)) ?? [];
  return {
    fields: schema?.kind === 'enum' ? [] : fieldsOf(field.type, version),
    isForeignKey: field.name === 'externalClientApplication',
    isNameField: false,
    minOccurs: field.required ? 1 : 0,
    name: field.name,
    picklistValues: literals.map(({ value }) => ({ active: true, defaultValue: false, label: value, value })),
    soapType: field.type,
    valueRequired: field.required,
  };
}
