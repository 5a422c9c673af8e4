import type { BlockSchema } from '../schema/attribute';
import { attributeOf } from '../schema/component-attributes';
import type { RecordModel } from './record-model';

/** A record by its name, and its fields in one attribute. */
export const recordSchema = ({ component, words }: RecordModel): BlockSchema => ({
  version: 0,
  attributes: [
    { name: 'id', type: 'string', mode: 'computed', description: `Name of the ${words} in the org.` },
    {
      name: 'api_name',
      type: 'string',
      mode: 'required',
      description: `Name of the ${words} (developerName). Another name is another ${words}; the old one stays in the org.`,
    },
    attributeOf(component),
  ],
});
