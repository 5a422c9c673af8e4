import { loadSettings } from '../load-settings';
import type { Resource } from '../resource';
import { conform } from '../schema/conform';
import { SETTINGS_SCHEMA } from './schema';

/** `salesforce_oauth_settings`: the OAuth settings of the whole org. Only stated ones are written. */
export const oauthSettings: Resource = {
  schema: SETTINGS_SCHEMA,
  single: true,
  validate: () => [],
  read: (state, session) => loadSettings().readSettings(state, session),
  plan: (prior, config, session) => loadSettings().planSettingsChange(prior, config, session),
  apply: (change, session) => loadSettings().applySettingsChange(change, session),
  importState: () => conform(SETTINGS_SCHEMA.attributes, {}),
  moveState: ({ type }) => `A ${type} cannot become the settings of an org: import them with any id instead.`,
};
