import { CONSENTS, OPTION_CONSENTS } from '../../options/consents';
import type { Attribute, BlockSchema } from '../schema/attribute';
import { attributeOf } from '../schema/component-attributes';
import type { AppModel } from './app-model';

const exception: readonly Attribute[] = [
  {
    name: 'controls',
    type: ['set', 'string'],
    mode: 'required',
    description: 'Ids of the controls that the exception covers: SFCA-ECA-PKCE.',
  },
  { name: 'reason', type: 'string', mode: 'required', description: 'Why the secure value cannot be used.' },
  { name: 'approved_by', type: 'string', mode: 'required', description: 'Who approved it: a person or a team.' },
  {
    name: 'expires',
    type: 'string',
    mode: 'required',
    description: 'Last day on which the exception is valid (2027-03-31), at most a year ahead.',
  },
  { name: 'ticket', type: 'string', mode: 'optional', description: 'Where the decision is recorded.' },
];

/** What stands beside the options and the metadata of every app. */
export const EXCEPTION: Attribute = {
  name: 'exception',
  type: { nesting: 'list', attributes: exception },
  mode: 'optional',
  description: 'Recorded exceptions to the security controls.',
};

const OWN: readonly Attribute[] = [
  {
    name: 'api_name',
    type: 'string',
    mode: 'required',
    description:
      'API name of the app, at most 30 characters. Changing it creates a new app with a new consumer key and deletes the old one.',
  },
  {
    name: 'client_type',
    type: 'string',
    mode: 'required',
    description:
      'private: a server that can keep a secret. public: an app on a device. machine: no user. Determines the secure defaults.',
  },
  {
    name: 'deletion_protection',
    type: 'bool',
    mode: 'optional-computed',
    description:
      'While true, nothing deletes the app, because deleting it also deletes its consumer key. Default: true. To delete it, ' +
      'apply false first.',
  },
  {
    name: 'certificate',
    type: 'string',
    mode: 'optional',
    writeOnly: true,
    description:
      'X.509 certificate (PEM, never the private key) for the JWT bearer flow. Sent with every write of the OAuth ' +
      'consumer, never stored in the state. Terraform 1.11 or newer.',
  },
  ...OPTION_CONSENTS.map((name): Attribute => ({
    name,
    type: 'bool',
    mode: 'optional',
    description: CONSENTS[name].inTerraform.says,
  })),
  EXCEPTION,
];

/** What only a Connected App has. */
const CREATION: Attribute = {
  name: 'creation_allowed_by_support',
  type: 'bool',
  mode: 'optional',
  description:
    'Declares that Salesforce Support allows this org to create Connected Apps. Default: false. No other org can create one ' +
    "since Spring '26; import an existing app instead.",
};

const COMPUTED: readonly Attribute[] = [
  {
    name: 'certificate_fingerprint',
    type: 'string',
    mode: 'computed',
    description:
      'SHA-256 of the certificate on record, in hexadecimal. "none": the app has no certificate. Null: not known, because ' +
      'Salesforce may not return a certificate; the OAuth consumer is then not written until certificate or ' +
      'allow_certificate_removal is set.',
  },
  {
    name: 'application_id',
    type: 'string',
    mode: 'computed',
    description: "Id of the app's record in the org. Null if the org does not return it.",
  },
  { name: 'consumer_key', type: 'string', mode: 'computed', description: 'Consumer key: the OAuth client_id.' },
  {
    name: 'org_scoped_external_app',
    type: 'string',
    mode: 'computed',
    description:
      'Identifier that Salesforce gives the app (orgScopedExternalApp): the identifier that a package containing the app uses for it.',
  },
  {
    name: 'oauth_link',
    type: 'string',
    mode: 'computed',
    description:
      'Where Salesforce stores the OAuth consumer of the app (oauthLink): organization id and id, which packages need.',
  },
  {
    name: 'managed_by',
    type: 'string',
    mode: 'computed',
    description:
      'Who manages the app, as recorded in the last line of its description. Null if the line is missing: the app was imported and has not been changed since, or someone removed the line.',
  },
  {
    name: 'component_names',
    type: ['map', 'string'],
    mode: 'computed',
    description: 'Full name of each metadata component of the app, by type.',
  },
];

/** What only an External Client App has. */
const EXTERNAL_ONLY = new Set(['org_scoped_external_app', 'oauth_link']);

/** What Salesforce generates. */
export const computedAttributes = ({ platform }: AppModel): readonly Attribute[] =>
  COMPUTED.filter(({ name }) => platform === 'external-client-app' || !EXTERNAL_ONLY.has(name));

const DESCRIPTIONS = {
  'external-client-app':
    'An External Client App in the terms of the metadata, one attribute for each component. Fields that are not set get the secure ' +
    'default of their client_type if there is one, and otherwise stay as they are in the org. For new apps the resources by kind ' +
    'of client (salesforce_private_client_app, salesforce_public_client_app, salesforce_machine_client_app) say more, and ' +
    'refuse more at `terraform validate`.',
  'connected-app':
    "A Connected App in the terms of the metadata, usually an existing one that is imported: since Spring '26, Salesforce " +
    'creates none without its Support. Fields that are not set get the secure default of their client_type if there ' +
    'is one, and otherwise stay as they are in the org.',
} as const;

/** The schema of a resource for apps. */
export const appSchema = (model: AppModel): BlockSchema => ({
  version: 0,
  description: DESCRIPTIONS[model.platform],
  attributes: [
    ...OWN,
    ...(model.platform === 'connected-app' ? [CREATION] : []),
    ...model.components.map(attributeOf),
    ...computedAttributes(model),
  ],
});

/** Its names. */
export const computedNames = (model: AppModel): readonly string[] => computedAttributes(model).map(({ name }) => name);
