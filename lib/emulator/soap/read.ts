import type { XmlNode } from '../../metadata/package/xml';
import { refuse } from '../context';
import { componentsIncludingSettings } from '../retrieve/files';
import { view } from '../retrieve/view';
import { typeKnown, typeNamed } from '../schema/schema';
import { crudAllowed } from './crud-types';
import { textIn, textsIn } from './envelope';
import { CRUD_LIMIT, type SoapOperation } from './operation';

/** readMetadata(type, fullNames[]): at most ten; a name that does not exist gives an empty record. */
export const readMetadata: SoapOperation = ({ context, operation, version }) => {
  const name = textIn(operation, 'type') ?? '';
  const type = typeNamed(name);
  if (type === undefined || !typeKnown(type, version)) return refuse('INVALID_TYPE', `Unknown type:${name}`);
  if (!crudAllowed(type, 'readMetadata', context.switches)) {
    return refuse('INVALID_TYPE', `${name} can't be read by readMetadata`);
  }
  const names = textsIn(operation, 'fullNames');
  if (names.length > CRUD_LIMIT) {
    return refuse('LIMIT_EXCEEDED', `readMetadata takes at most ${CRUD_LIMIT} names, not ${names.length}`);
  }
  const reader = { org: context.state(), version, switches: context.switches };
  const available = new Map(componentsIncludingSettings(reader.org, type).map((one) => [one.fullName, one]));
  const records = names.map((fullName): XmlNode => {
    const component = available.get(fullName);
    if (component === undefined) return { name: 'records', attributes: { 'xsi:nil': 'true' } };
    const children = [{ name: 'fullName', text: fullName }, ...view(type, component, reader)];
    return { name: 'records', attributes: { 'xsi:type': type.name }, children };
  });
  return [{ name: 'result', children: records }];
};
