import { loadRecords } from '../load-records';
import type { Resource } from '../resource';
import { conform } from '../schema/conform';
import { CUSTOM_SCOPE, type RecordModel, TOKEN_EXCHANGE_HANDLER } from './record-model';
import { recordSchema } from './schema';

function recordResource(model: RecordModel): Resource {
  const schema = recordSchema(model);
  return {
    schema,
    validate: () => [],
    read: (state, session) => loadRecords().readRecord(model, state, session),
    plan: (prior, config, session) => loadRecords().planRecordChange(model, { prior, config }, session),
    apply: (change, session) => loadRecords().applyRecordChange(model, change, session),
    importState: (id) =>
      id.trim() === ''
        ? `The id of a ${model.words} is its name, as Setup shows it.`
        : conform(schema.attributes, { api_name: id.trim() }),
    moveState: ({ type }) => `A ${type} cannot become a ${model.words}: import it by its name instead.`,
  };
}

/** `salesforce_oauth_custom_scope`. */
export const customScope: Resource = recordResource(CUSTOM_SCOPE);
/** `salesforce_oauth_token_exchange_handler`. */
export const tokenExchangeHandler: Resource = recordResource(TOKEN_EXCHANGE_HANDLER);
