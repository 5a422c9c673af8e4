import { TYPED_RESOURCES } from '../../options/in-hcl';
import { loadApp } from '../load-app';
import type { Resource } from '../resource';
import { conform, importByName } from '../schema/conform';
import { text, values } from '../wire/value';
import { CLIENT_TYPES } from './app-config';
import { type AppModel, CONNECTED_APP, EXTERNAL_CLIENT_APP } from './app-model';
import { appSchema } from './schema';
import { validateApp } from './validate-app';

/** A resource whose objects are client apps, each with all its components. */
export function appResource(model: AppModel): Resource {
  const schema = appSchema(model);
  return {
    schema,
    deletes: true,
    validate: (config, terraform) => validateApp(model, config, terraform),
    read: (state, session) => loadApp().readApp(model, state, session),
    plan: (prior, config, session, asImported) =>
      loadApp().planAppChange(model, { prior, config, asImported }, session),
    apply: (change, session) => loadApp().applyAppChange(model, change, session),
    importState: importByName(schema, 'an app is its API name'),
    moveState: ({ type, state }) => {
      const kind = CLIENT_TYPES.find((each) => TYPED_RESOURCES[each] === type);
      if (kind && model === EXTERNAL_CLIENT_APP) {
        return conform(schema.attributes, { ...state, ...values(state['metadata']), client_type: kind });
      }
      const triggers = values(state['triggers']);
      const apiName = text(triggers['api_name']);
      if (type !== 'null_resource' || apiName === undefined) {
        return `Only a null_resource of this library can become an app; this is ${type} without the trigger api_name.`;
      }
      return conform(schema.attributes, { api_name: apiName, client_type: triggers['kind'] ?? null });
    },
  };
}

/** `salesforce_connected_app`. */
export const connectedApp: Resource = appResource(CONNECTED_APP);
/** `salesforce_external_client_app`. */
export const externalClientApp: Resource = appResource(EXTERNAL_CLIENT_APP);
