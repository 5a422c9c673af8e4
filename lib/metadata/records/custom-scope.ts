import { readConnectedApps } from '../../declaration/read/enablements';
import { diagnose } from '../../values/diagnose';
import { CUSTOM_SCOPE } from '../../values/metadata-types';
import { isTerraformToken } from '../../values/text';
import { flag, records, text } from '../fields/field';
import { appsInRows } from './app-rows';
import { readSwitch, recordKind, statedValue } from './kind';

/** A scope of the org's own. Apps name it; it exists by itself, and outlives them. */
export const customScope = recordKind({
  type: {
    name: CUSTOM_SCOPE,
    directory: 'oauthcustomscopes',
    suffix: 'oauthcustomscope',
    since: 49,
    title: 'Custom OAuth scope',
    fields: [
      records(
        'assignedTo',
        'Connected Apps it is assigned to',
        [text('connectedApp', 'Connected App', { since: 49 })],
        {
          since: 49,
          direction: 'growing-widens',
          impact: { onChange: { level: 'breaks', who: 'clients of an app that the scope is no longer assigned to' } },
        },
      ),
      text('description', 'Description', { since: 49 }),
      text('developerName', 'Name', { since: 49 }),
      flag('isProtected', 'Protected component', { since: 49 }),
      flag('isPublic', 'Include in OpenID Connect discovery endpoint', { since: 49 }),
      text('masterLabel', 'Label', { since: 49 }),
    ],
  },
  words: 'custom scope',
  brief: 'scope',
  purpose: 'A custom OAuth scope of the org, which apps list and resource servers require.',
  attribute: 'scope',
  required: ['masterLabel', 'description'],
  phase: 'enable',
  apps: 'assignedTo',
  options: { inDiscoveryDocument: 'isPublic', connectedApps: 'assignedTo' },
  read: (given, reading) => {
    const connectedApps = readConnectedApps(given['connectedApps'], reading);
    return {
      isPublic: readSwitch(given, 'inDiscoveryDocument', false, reading),
      ...(connectedApps && { assignedTo: statedValue(connectedApps.map((connectedApp) => ({ connectedApp }))) }),
    };
  },
  recall: ({ assignedTo }) =>
    assignedTo === undefined ? {} : { connectedApps: appsInRows(assignedTo).map(({ apiName }) => apiName) },
  // The guide says so, and no one could try it: a warning, and Salesforce has the last word.
  check: (scopes) =>
    scopes.flatMap(({ path, fields }) => {
      const description = fields['description']?.value;
      const plain = typeof description !== 'string' || /^[A-Za-z0-9 ]*$/.test(description);
      if (plain || isTerraformToken(description)) return [];
      const source = 'Metadata API Developer Guide: OauthCustomScope, description';
      const value = JSON.stringify(description);
      return [diagnose('description-may-be-refused', { path, field: 'description', value, source })];
    }),
});
