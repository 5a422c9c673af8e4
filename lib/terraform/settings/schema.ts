import type { BlockSchema } from '../schema/attribute';
import { attributeOf, SETTINGS_COMPONENTS } from '../schema/component-attributes';

/** `salesforce_oauth_settings`: the org-wide records, of which there is exactly one each. */
export const SETTINGS_SCHEMA: BlockSchema = {
  version: 0,
  description:
    'Settings of the whole org about OAuth and client apps. There is one such resource for each org. Only what is stated is ' +
    'written, and a destroy leaves the settings as they are.',
  attributes: [
    {
      name: 'id',
      type: 'string',
      mode: 'computed',
      description: 'Organization id of the org. An import takes any id, as an org has one such resource.',
    },
    ...SETTINGS_COMPONENTS.map(attributeOf),
  ],
};
