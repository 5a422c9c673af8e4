import type { BlockSchema } from '../schema/attribute';
import { attributeOf, SETTINGS_COMPONENTS } from '../schema/component-attributes';

/** `salesforce_oauth_settings`: the org-wide records, of which there is exactly one each. */
export const SETTINGS_SCHEMA: BlockSchema = {
  version: 0,
  attributes: [
    { name: 'id', type: 'string', mode: 'computed', description: 'Organization id.' },
    ...SETTINGS_COMPONENTS.map(attributeOf),
  ],
};
