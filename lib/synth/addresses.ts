/** Address of the Terraform resource of an app, without its type. */
export const appAddress = (org: string, apiName: string): string => `${org}_${apiName}`;
/** Address of the Terraform resource of the org's settings, without its type. */
export const settingsAddress = (org: string): string => `${org}_oauth_settings`;
/** Address of the Terraform resource that applies all apps of an org, without its type. */
export const applyAddress = (org: string): string => `${org}_apply`;
