import type { Platform } from '../declaration/client-app';
import type { Component } from './component';
import { presentComponent, textField } from './observe';
import type { ObservedApp, ObservedOrg } from './observed';

/** Where a platform keeps what every app has: metadata type and field. */
interface WellKnown {
  readonly type: string;
  readonly field: string;
}

type Fact =
  | 'managedBy'
  | 'certificateFingerprint'
  | 'label'
  | 'certificate'
  | 'consumerKey'
  | 'callbackUrls'
  | 'scopes'
  | 'permissionSets'
  | 'profiles'
  | 'runAs';

const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const HEADER = 'ExternalClientApplication';

/** The component that an app is gone without. */
export const APP_TYPES: Readonly<Record<Platform, string>> = {
  'external-client-app': HEADER,
  'connected-app': 'ConnectedApp',
};

/** What Salesforce calls such an app. */
export const APP_WORDS: Readonly<Record<Platform, string>> = {
  'external-client-app': 'External Client App',
  'connected-app': 'Connected App',
};

/** `ConnectedApp:Legacy`: an External Client App and a Connected App may share a name. */
export const fullNameOf = ({ platform, apiName }: Pick<ObservedApp, 'platform' | 'apiName'>): string =>
  `${APP_TYPES[platform]}:${apiName}`;

const FACTS: Readonly<Record<Platform, Readonly<Record<Fact, WellKnown>>>> = {
  'external-client-app': {
    managedBy: { type: HEADER, field: 'managedBy' },
    certificateFingerprint: { type: HEADER, field: 'certificateFingerprint' },
    label: { type: HEADER, field: 'label' },
    certificate: { type: GLOBAL, field: 'certificate' },
    consumerKey: { type: GLOBAL, field: 'consumerKey' },
    callbackUrls: { type: GLOBAL, field: 'callbackUrl' },
    scopes: { type: 'ExtlClntAppOauthSettings', field: 'commaSeparatedOauthScopes' },
    permissionSets: { type: POLICIES, field: 'commaSeparatedPermissionSet' },
    profiles: { type: POLICIES, field: 'commaSeparatedProfile' },
    runAs: { type: POLICIES, field: 'clientCredentialsFlowUser' },
  },
  'connected-app': {
    managedBy: { type: 'ConnectedApp', field: 'managedBy' },
    certificateFingerprint: { type: 'ConnectedApp', field: 'certificateFingerprint' },
    label: { type: 'ConnectedApp', field: 'label' },
    certificate: { type: 'ConnectedApp', field: 'oauthConfig.certificate' },
    consumerKey: { type: 'ConnectedApp', field: 'oauthConfig.consumerKey' },
    callbackUrls: { type: 'ConnectedApp', field: 'oauthConfig.callbackUrl' },
    scopes: { type: 'ConnectedApp', field: 'oauthConfig.scopes' },
    permissionSets: { type: 'ConnectedApp', field: 'permissionSetName' },
    profiles: { type: 'ConnectedApp', field: 'profileName' },
    runAs: { type: 'ConnectedApp', field: 'oauthConfig.oauthClientCredentialUser' },
  },
};

/** The type and field that hold a fact on a platform. */
export const whereIs = (platform: Platform, fact: Fact): WellKnown => FACTS[platform][fact];

/** The text of such a field, where the app has it. */
export function liveText(app: ObservedApp | undefined, fact: Fact): string | undefined {
  if (!app) return undefined;
  const { type, field } = whereIs(app.platform, fact);
  return textField(app, type, field);
}

/** The members of such a field; empty where there are none. */
export function liveList(app: ObservedApp | undefined, fact: Fact): readonly string[] {
  if (!app) return [];
  const { type, field } = whereIs(app.platform, fact);
  const value: Component['fields'][string] | undefined = presentComponent(app, type)?.fields[field];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Every app of the org, also a Connected App that shares its name with an External Client App. */
export const everyApp = ({ apps, connectedApps }: ObservedOrg): readonly ObservedApp[] => [
  ...[...apps.values()].filter(({ platform }) => platform === 'external-client-app'),
  ...connectedApps.values(),
];

/** The app of the org that a declaration means: an External Client App and a Connected App may share a name. */
export function liveApp(
  observed: ObservedOrg,
  { platform, api_name: name }: { readonly platform: Platform; readonly api_name: string },
): ObservedApp | undefined {
  if (platform === 'connected-app') return observed.connectedApps.get(name);
  return observed.apps.get(name);
}

/** The app of the other platform that has the same name. */
export function sameNamed(
  observed: ObservedOrg,
  { platform, apiName }: Pick<ObservedApp, 'platform' | 'apiName'>,
): ObservedApp | undefined {
  if (platform === 'external-client-app') return observed.connectedApps.get(apiName);
  const found = observed.apps.get(apiName);
  return found?.platform === 'external-client-app' ? found : undefined;
}
