import { loadTyped } from '../load-typed';
import type { Resource } from '../resource';
import { conform, importByName } from '../schema/conform';
import { typedSchema } from './schema';
import { TYPED_MODELS, type TypedModel } from './typed-model';
import { validateTyped } from './validate';

function typedResource(model: TypedModel): Resource {
  const schema = typedSchema(model);
  return {
    schema,
    object: 'salesforce_external_client_app',
    deletes: true,
    validate: (config, terraform) => validateTyped(model, config, terraform),
    read: (state, session) => loadTyped().readTyped(model, state, session),
    plan: (prior, config, session, asImported) => loadTyped().planTyped(model, { prior, config, asImported }, session),
    apply: (change, session) => loadTyped().applyTyped(model, change, session),
    importState: importByName(schema, 'an app is its API name'),
    moveState: (source) => {
      const state = loadTyped().moveTyped(model, source);
      return typeof state === 'string' ? state : conform(schema.attributes, state);
    },
  };
}

/** `salesforce_private_client_app`, `salesforce_public_client_app` and `salesforce_machine_client_app`. */
export const TYPED_APP_RESOURCES: Readonly<Record<string, Resource>> = Object.fromEntries(
  TYPED_MODELS.map((model) => [model.app.resourceType, typedResource(model)]),
);
