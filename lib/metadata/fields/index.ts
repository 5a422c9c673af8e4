import { RECORD_KINDS } from '../records';
import { connectedApp } from './connected-app';
import { externalClientApplication } from './external-client-application';
import type { ComponentType, Field } from './field';
import { globalOauthSettings } from './global-oauth-settings';
import { oauthSecuritySettings, oauthSettings } from './oauth-settings';
import { configurablePolicies, oauthConfigurablePolicies } from './policies';
import { connectedAppSettings, externalClientAppSettings, oauthOidcSettings } from './settings';

/** The components that make one External Client App with OAuth, header first, in the order a plan shows them. */
export const EXTERNAL_CLIENT_APP_TYPES: readonly ComponentType[] = [
  externalClientApplication,
  globalOauthSettings,
  oauthSettings,
  oauthConfigurablePolicies,
  configurablePolicies,
];

/** Read and preserved with the app, and written only where an experimental option states a part of it. */
export const PRESERVED_TYPES: readonly ComponentType[] = [oauthSecuritySettings];

/** Records of the org that apps name or are named by. No app owns them, and none is ever deleted. */
export const OAUTH_RECORD_TYPES: readonly ComponentType[] = RECORD_KINDS.map(({ type }) => type);

/** The one component that makes a Connected App. */
export const CONNECTED_APP_TYPES: readonly ComponentType[] = [connectedApp];

/** Org-wide settings records. The member of a package manifest is the name without `Settings`. */
export const SETTINGS_TYPES: readonly ComponentType[] = [
  oauthOidcSettings,
  externalClientAppSettings,
  connectedAppSettings,
];

/** Every type of the field table. */
export const COMPONENT_TYPES: readonly ComponentType[] = [
  ...EXTERNAL_CLIENT_APP_TYPES,
  ...PRESERVED_TYPES,
  ...OAUTH_RECORD_TYPES,
  ...CONNECTED_APP_TYPES,
  ...SETTINGS_TYPES,
];

const BY_NAME = new Map(COMPONENT_TYPES.map((type) => [type.name, type] as const));

/** The type of that name, or undefined where this library does not model it. */
export const componentType = (name: string): ComponentType | undefined => BY_NAME.get(name);

/** The row of a field. Throws a TypeError on a name that is not in the table: that is a bug, never bad input. */
export function fieldOf(typeName: string, fieldName: string): Field {
  const found = BY_NAME.get(typeName)?.fields.find((candidate) => candidate.name === fieldName);
  if (!found) throw new TypeError(`No field ${typeName}.${fieldName} in the field table`);
  return found;
}
