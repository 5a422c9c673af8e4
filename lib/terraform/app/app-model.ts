import type { Platform } from '../../declaration/client-app';
import { placeOf, type SettingName, SETTINGS } from '../../options/settings';
import { APP_COMPONENTS, type ComponentAttribute, CONNECTED_APP_COMPONENTS } from '../schema/component-attributes';

/** One resource type for apps: what its attributes are made of. */
export interface AppModel {
  readonly platform: Platform;
  readonly resourceType: string;
  /** In words. */
  readonly title: string;
  readonly components: readonly ComponentAttribute[];
}

/** `salesforce_external_client_app`. */
export const EXTERNAL_CLIENT_APP: AppModel = {
  platform: 'external-client-app',
  resourceType: 'salesforce_external_client_app',
  title: 'External Client App',
  components: APP_COMPONENTS,
};

/** `salesforce_connected_app`. */
export const CONNECTED_APP: AppModel = {
  platform: 'connected-app',
  resourceType: 'salesforce_connected_app',
  title: 'Connected App',
  components: CONNECTED_APP_COMPONENTS,
};

/** The attribute of a field: component and member. */
export type AttributePath = readonly [component: string, member: string];

/** The attribute that holds a setting; undefined where the platform does not have it. */
export function attributeOf({ platform, components }: AppModel, name: SettingName): AttributePath | undefined {
  const place = placeOf(SETTINGS[name], platform);
  for (const component of components) {
    const found = component.fields.find(
      ({ field }) => component.type.name === place?.type && field.name === place.field,
    );
    if (found) return [component.name, found.name];
  }
  return undefined;
}

/** The attributes that hold settings, as far as the platform has them. */
export const attributesOf = (model: AppModel, names: readonly SettingName[]): readonly AttributePath[] =>
  names.map((name) => attributeOf(model, name)).filter((path) => path !== undefined);

/** By which someone stops an app in an emergency. */
export const STOPS = ['appEnabled', 'oauthEnabled'] as const satisfies readonly SettingName[];

/** How an app is called in diagnostics: the address is Terraform's own knowledge. */
export const pathOf = ({ resourceType }: AppModel, apiName: string): string => `${resourceType} ${apiName}`;
