import { hasNameField, type RecordKind } from '../../metadata/records/kind';
import type { BlockSchema } from '../schema/attribute';
import { attributeOf, componentOf } from '../schema/component-attributes';

/** A record by its name, and its fields in one attribute. */
export const recordSchema = (kind: RecordKind): BlockSchema => ({
  version: 0,
  description: `${kind.purpose} A destroy leaves the ${kind.words} in the org, because others may use it.`,
  attributes: [
    { name: 'id', type: 'string', mode: 'computed', description: `Name of the ${kind.words} in the org.` },
    {
      name: 'api_name',
      type: 'string',
      mode: 'required',
      description: `Name of the ${kind.words}${hasNameField(kind.type) ? ' (developerName)' : ''}. Changing it creates another ${kind.words}; the old one stays in the org.`,
    },
    attributeOf(componentOf(kind)),
  ],
});
