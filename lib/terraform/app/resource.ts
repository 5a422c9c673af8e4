import { loadApp } from '../load-app';
import type { Resource } from '../resource';
import { conform } from '../schema/conform';
import { text, values } from '../wire/value';
import { APP_SCHEMA } from './schema';
import { validateApp } from './validate-app';

/** `salesforce_external_client_app`: one External Client App with all its components. */
export const externalClientApp: Resource = {
  schema: APP_SCHEMA,
  validate: validateApp,
  read: (state, session) => loadApp().readApp(state, session),
  plan: (prior, config, session) => loadApp().planAppChange(prior, config, session),
  apply: (change, session) => loadApp().applyAppChange(change, session),
  importState: (id) =>
    id.trim() === ''
      ? 'The id of an app is its API name, as Setup shows it.'
      : conform(APP_SCHEMA.attributes, { api_name: id.trim() }),
  moveState: ({ type, state }) => {
    const triggers = values(state['triggers']);
    const apiName = text(triggers['api_name']);
    if (type !== 'null_resource' || apiName === undefined) {
      return `Only a null_resource of this library can become an app; this is ${type} without the trigger api_name.`;
    }
    return conform(APP_SCHEMA.attributes, { api_name: apiName, client_type: triggers['kind'] ?? null });
  },
};
