import type { BlockSchema } from '../schema/attribute';
import { attributeOf, SETTINGS_COMPONENTS } from '../schema/component-attributes';

/** `salesforce_oauth_settings`: the org-wide records, of which there is exactly one each. */
export const SETTINGS_SCHEMA: BlockSchema = {
  version: 0,
  description:
    'Org-wide settings for OAuth and client apps. There is one such resource for each org. Only the settings that are set are ' +
    'written, and a destroy leaves them as they are.',
  attributes: [
    {
      name: 'id',
      type: 'string',
      mode: 'computed',
      description: 'Organization id of the org. An import accepts any id, because an org has one such resource.',
    },
    ...SETTINGS_COMPONENTS.map(attributeOf),
  ],
};
