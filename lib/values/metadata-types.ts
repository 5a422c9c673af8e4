// Salesforce's names for the records that make an app, and for those beside the apps.

/** The header of an External Client App. */
export const HEADER = 'ExternalClientApplication';
/** Its OAuth consumer: key, certificate, callback URLs, flow switches. */
export const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
export const OAUTH_SETTINGS = 'ExtlClntAppOauthSettings';
export const OAUTH_POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
/** Whether the app and each of its plugins is on. */
export const APP_POLICIES = 'ExtlClntAppConfigurablePolicies';
export const SECURITY_SETTINGS = 'ExtlClntAppOauthSecuritySettings';
export const CONNECTED_APP = 'ConnectedApp';
export const CUSTOM_SCOPE = 'OauthCustomScope';
export const TOKEN_EXCHANGE_HANDLER = 'OauthTokenExchangeHandler';
