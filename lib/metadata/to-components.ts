import type { ClientApp, PluginName } from '../declaration/client-app';
import type { DeclaredComponent } from './component';
import { connectedAppComponent } from './to/connected-app';
import { consumerFields } from './to/consumer';
import { oauthPoliciesFields } from './to/oauth-policies';
import { oauthSettingsFields } from './to/oauth-settings';
import { byDefault, put, stated, type Fields } from './to/owned';
import { securitySettingsFields } from './to/security-settings';

export { MACHINE_CALLBACK_URL } from './to/consumer';

/** The names new satellites get (D4); Setup itself uses the same ones. */
export const SATELLITE_SUFFIX = {
  ExtlClntAppGlobalOauthSettings: '_glbloauth',
  ExtlClntAppOauthSettings: '_oauth',
  ExtlClntAppOauthConfigurablePolicies: '_oauthPlcy',
  ExtlClntAppConfigurablePolicies: '_plcy',
  ExtlClntAppOauthSecuritySettings: '_oauthSecurity',
} as const;

type SatelliteType = keyof typeof SATELLITE_SUFFIX;

/**
 * A declaration as the components Salesforce knows, managed fields only. Every field that decides
 * about security is present, whatever the platform's own default would be. `managedBy` is the id of the manifest.
 */
export function toComponents(app: ClientApp, managedBy: string, apiVersion: number): readonly DeclaredComponent[] {
  if (app.platform === 'connected-app') return [connectedAppComponent(app, managedBy, apiVersion)];
  const security = securitySettingsFields(app);
  return [
    { type: 'ExternalClientApplication', fullName: app.apiName, fields: header(app, managedBy) },
    satellite(app, 'ExtlClntAppGlobalOauthSettings', consumerFields(app, apiVersion)),
    satellite(app, 'ExtlClntAppOauthSettings', oauthSettingsFields(app)),
    satellite(app, 'ExtlClntAppOauthConfigurablePolicies', oauthPoliciesFields(app, apiVersion)),
    satellite(app, 'ExtlClntAppConfigurablePolicies', policies(app)),
    ...(security ? [satellite(app, 'ExtlClntAppOauthSecuritySettings', security)] : []),
  ];
}

function satellite(app: ClientApp, type: SatelliteType, fields: Fields): DeclaredComponent {
  return { type, fullName: `${app.apiName}${SATELLITE_SUFFIX[type]}`, fields };
}

function header(app: ClientApp, managedBy: string): Fields {
  const fields: Fields = {
    label: stated(app.label),
    contactEmail: stated(app.contactEmail),
    distributionState: byDefault('Local'),
    managedBy: byDefault(managedBy),
  };
  put(fields, 'description', app.description);
  put(fields, 'contactPhone', app.contactPhone);
  put(fields, 'infoUrl', app.infoUrl);
  put(fields, 'logoUrl', app.logoUrl);
  put(fields, 'iconUrl', app.iconUrl);
  if (app.kind === 'machine') put(fields, 'certificateFingerprint', app.certificate?.fingerprint);
  return fields;
}

function policies(app: ClientApp): Fields {
  const fields: Fields = { isEnabled: byDefault(true), isOauthPluginEnabled: byDefault(true) };
  put(fields, 'startPage', app.startPage?.page ?? (app.startUrl === undefined ? undefined : 'OAuth'));
  if (app.startPage?.page === 'Custom') put(fields, 'startUrl', app.startPage.url);
  for (const plugin of app.disabledPlugins ?? []) put(fields, pluginFlag(plugin), false);
  return fields;
}

/** The field of the general policies that switches a plugin. */
export const pluginFlag = (plugin: PluginName): string => `is${plugin}PluginEnabled`;
