import { type ComponentType, flag } from './field';

const settings = (name: string, title: string, since: number, fields: ComponentType['fields']): ComponentType => ({
  name,
  directory: 'settings',
  suffix: 'settings',
  since,
  title,
  fields,
});

/** Member `OauthOidc`. Mind the polarity: two fields block a flow, one allows it. */
export const oauthOidcSettings: ComponentType = settings('OauthOidcSettings', 'OAuth and OpenID Connect settings', 56, [
  flag('agentAuthLinking', 'Agent authorization linking', { since: 65, direction: 'undocumented' }),
  flag('blockOAuthUnPwFlow', 'Block OAuth Username-Password Flows', {
    since: 56,
    direction: 'true-narrows',
    impact: { whenTrue: { level: 'breaks', who: 'clients that use the username-password flow' } },
  }),
  flag('blockOAuthUsrAgtFlow', 'Block OAuth User-Agent Flows', {
    since: 56,
    direction: 'true-narrows',
    impact: { whenTrue: { level: 'breaks', who: 'clients that use the user-agent or the hybrid app token flow' } },
  }),
  flag('isPkceRequired', 'Require Proof Key for Code Exchange (PKCE) for every app', {
    direction: 'true-narrows',
    impact: { whenTrue: { level: 'breaks', who: 'clients of any app that send no code_challenge' } },
  }),
  flag('oAuthCdCrdtFlowEnable', 'Allow Authorization Code and Credentials Flows', {
    since: 57,
    direction: 'true-widens',
    impact: { whenFalse: { level: 'breaks', who: 'clients of any app that log users in headlessly' } },
  }),
]);

/** Member `ExternalClientApp`. */
export const externalClientAppSettings: ComponentType = settings(
  'ExternalClientAppSettings',
  'External client app settings',
  58,
  [
    flag('enableClientSecretInRestApiAccess', 'Allow access to consumer secrets via REST API', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'tools that read or rotate consumer secrets' } },
    }),
    flag('enableConsumerSecretApiAccess', 'Allow access to consumer secrets via Metadata API', {
      since: 58,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'tools that read consumer secrets' } },
    }),
    flag('enableExternalClientApps', 'Opt in to External Client Apps', { since: 58, until: 62 }),
    flag('enablePackageEcaOauthFromDevOrg', 'Allow packaging of apps from a developer org', {
      since: 60,
      direction: 'true-widens',
    }),
  ],
);

/** Member `ConnectedApp`. Whether Connected Apps may be created has no field here. */
export const connectedAppSettings: ComponentType = settings('ConnectedAppSettings', 'Connected app settings', 47, [
  flag('enableAdminApprovedAppsOnly', 'Limit API access to apps that an admin approved', {
    since: 47,
    direction: 'true-narrows',
    impact: { whenTrue: { level: 'breaks', who: 'clients of apps that no admin approved' } },
  }),
  flag('enableAdminApprovedAppsOnlyForExternalUser', 'Limit API access of customers and partners to installed apps', {
    since: 48,
    direction: 'true-narrows',
    impact: {
      whenTrue: { level: 'breaks', who: 'clients that customers and partners use through apps that are not installed' },
    },
  }),
  flag('enableSkipUserProvisioningWizardWelcomePage', 'Skip the welcome page of the user provisioning wizard', {
    since: 47,
  }),
]);
