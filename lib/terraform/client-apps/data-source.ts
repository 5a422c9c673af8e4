import { loadClientApps } from '../load-client-apps';
import type { DataSource } from '../resource';
import type { Attribute } from '../schema/attribute';

const FINDING: readonly Attribute[] = [
  { name: 'control', type: 'string', mode: 'computed', description: 'Id of the violated control: SFCA-ECA-PKCE.' },
  {
    name: 'severity',
    type: 'string',
    mode: 'computed',
    description: 'Severity: `critical`, `high`, `medium` or `low`.',
  },
  {
    name: 'because',
    type: 'string',
    mode: 'computed',
    description: 'Why this app violates the control.',
  },
];

const APP: readonly Attribute[] = [
  { name: 'api_name', type: 'string', mode: 'computed', description: 'API name, as in the resources of apps.' },
  { name: 'label', type: 'string', mode: 'computed', description: 'Name as shown in Setup.' },
  {
    name: 'platform',
    type: 'string',
    mode: 'computed',
    description: 'What kind of app it is: `external-client-app` or `connected-app`.',
  },
  {
    name: 'condition',
    type: 'string',
    mode: 'computed',
    description: 'Whether all of it could be read: `present`, `unreadable` or `broken`.',
  },
  {
    name: 'client_type',
    type: 'string',
    mode: 'computed',
    description: 'private, public, machine or unclassified, according to its settings.',
  },
  { name: 'managed', type: 'bool', mode: 'computed', description: 'The description says that code manages the app.' },
  {
    name: 'managed_by',
    type: 'string',
    mode: 'computed',
    description: 'Who manages the app, if its description says so.',
  },
  { name: 'consumer_key', type: 'string', mode: 'computed', description: 'Consumer key: the OAuth client_id.' },
  {
    name: 'findings',
    type: { nesting: 'list', attributes: FINDING },
    mode: 'computed',
    description: 'Violated security controls. Empty if the app could not be read: see condition.',
  },
];

/** `salesforce_client_apps`: every client app of the org, managed or not. */
export const clientApps: DataSource = {
  schema: {
    version: 0,
    description:
      'Every client app of the org, managed or not, External Client Apps and Connected Apps, with the security controls that ' +
      'each violates, for a check block that fails when someone creates an insecure app by hand.',
    attributes: [
      {
        name: 'apps',
        type: { nesting: 'list', attributes: APP },
        mode: 'computed',
        description: 'Every client app of the org, by API name.',
      },
    ],
  },
  read: (_config, session) => loadClientApps().readClientApps(session),
};
