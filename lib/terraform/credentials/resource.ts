import { loadCredentials } from '../load-credentials';
import type { Resource } from '../resource';
import type { Attribute, BlockSchema } from '../schema/attribute';

const API_NAME: Attribute = {
  name: 'api_name',
  type: 'string',
  mode: 'required',
  description: 'API name of the External Client App. Changing it creates a new object.',
};
/** Of everything that reads or changes secrets. */
export const OPEN_SECRET_ACCESS: Attribute = {
  name: 'open_secret_access',
  type: 'bool',
  mode: 'optional',
  description:
    'Consents to the following: if the org does not allow access to consumer secrets through the REST API, an apply turns it ' +
    'on briefly, for the whole org, and off again. Default: false, which refuses.',
};
const FORMER_KEY: Attribute = {
  name: 'former_consumer_key',
  type: 'string',
  mode: 'computed',
  description:
    'Consumer key that was in use before. Its credentials stay valid for 30 days, or until they are deleted.',
};

const STAGED: BlockSchema = {
  version: 0,
  description:
    'New credentials of an app alongside those in use: the first step of a rotation. They are proved by a login and kept; the ' +
    'secret is in neither plan nor state, and the ephemeral resource salesforce_staged_client_secret passes it to a store. A ' +
    'destroy deletes them if they are not in use.',
  attributes: [
    API_NAME,
    {
      name: 'rotation',
      type: 'string',
      mode: 'required',
      description: 'Any text, such as "2026-11". Changing it stages new credentials; nothing else does.',
    },
    {
      name: 'accept_unproved',
      type: 'bool',
      mode: 'optional',
      description:
        'Keep credentials that no login has proved because the app does not allow the client credentials flow. ' +
        'Default: false, which deletes them again.',
    },
    OPEN_SECRET_ACCESS,
    {
      name: 'consumer_key',
      type: 'string',
      mode: 'computed',
      description: 'Consumer key of the staged credentials. A rotation replaces both key and secret.',
    },
    FORMER_KEY,
  ],
};

const PROMOTED: BlockSchema = {
  version: 0,
  description:
    'Activates staged credentials, once everything that this resource depends on has them: the last step of a rotation. A destroy ' +
    'changes nothing in the org.',
  attributes: [
    API_NAME,
    {
      name: 'consumer_key',
      type: 'string',
      mode: 'required',
      description: 'Consumer key of the staged credentials to activate: consumer_key of salesforce_staged_credentials.',
    },
    OPEN_SECRET_ACCESS,
    FORMER_KEY,
  ],
};

const cannotBeImported = 'This is not an object in the org but a step of a rotation, so it cannot be imported.';
const cannotBeMoved = (): string => cannotBeImported.replace('imported', 'moved');

/** `salesforce_staged_credentials`: new credentials beside those in use, one set for each text of `rotation`. */
const stagedCredentials: Resource = {
  schema: STAGED,
  validate: () => [],
  read: (state, session) => loadCredentials.staged().readStep(state, session),
  plan: (prior, config, session) => loadCredentials.staged().planStaging(prior, config, session),
  apply: (change, session) => loadCredentials.staged().applyStaging(change, session),
  importState: () => cannotBeImported,
  moveState: cannotBeMoved,
};

/** `salesforce_promoted_credentials`: staged credentials in use, once everything that it depends on has them. */
const promotedCredentials: Resource = {
  schema: PROMOTED,
  validate: () => [],
  read: (state, session) => loadCredentials.staged().readStep(state, session),
  plan: (prior, config, session) => loadCredentials.promoted().planPromotion(prior, config, session),
  apply: (change, session) => loadCredentials.promoted().applyPromotion(change, session),
  importState: () => cannotBeImported,
  moveState: cannotBeMoved,
};

export const CREDENTIAL_RESOURCES: Readonly<Record<string, Resource>> = {
  salesforce_staged_credentials: stagedCredentials,
  salesforce_promoted_credentials: promotedCredentials,
};
