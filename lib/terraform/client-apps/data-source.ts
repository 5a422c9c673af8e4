import { loadClientApps } from '../load-client-apps';
import type { DataSource } from '../resource';
import type { Attribute } from '../schema/attribute';

const FINDING: readonly Attribute[] = [
  { name: 'control', type: 'string', mode: 'computed', description: 'Id of the violated control: SFCA-ECA-PKCE.' },
  {
    name: 'severity',
    type: 'string',
    mode: 'computed',
    description: 'How bad it is: `critical`, `high`, `medium` or `low`.',
  },
  {
    name: 'because',
    type: 'string',
    mode: 'computed',
    description: 'Why the control is violated, about this very app.',
  },
];

const APP: readonly Attribute[] = [
  { name: 'api_name', type: 'string', mode: 'computed', description: 'API name, as the resources of apps have it.' },
  { name: 'label', type: 'string', mode: 'computed', description: 'Name as Setup shows it.' },
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
    description: 'private, public, machine or unclassified, by the evidence of its settings.',
  },
  { name: 'managed', type: 'bool', mode: 'computed', description: 'The description says that code manages the app.' },
  {
    name: 'managed_by',
    type: 'string',
    mode: 'computed',
    description: 'Who manages the app, where its description says so.',
  },
  { name: 'consumer_key', type: 'string', mode: 'computed', description: 'Consumer key: the OAuth client_id.' },
  {
    name: 'findings',
    type: { nesting: 'list', attributes: FINDING },
    mode: 'computed',
    description: 'Violated security controls. Empty for what could not be read: see condition.',
  },
];

/** `salesforce_client_apps`: every client app of the org, managed or not. */
export const clientApps: DataSource = {
  schema: {
    version: 0,
    description:
      'Every client app of the org, managed or not, External Client Apps and Connected Apps, with the security controls that ' +
      'each violates: for a check block that fails when someone makes an insecure app by hand.',
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
