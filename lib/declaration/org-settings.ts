/** The org's OAuth settings that the author stated. A setting left out is not managed. */
export interface OrgSettings {
  /**
   * Setup: Allow Authorization Code and Credentials Flows.
   * @default - not managed
   */
  readonly allowCodeAndCredentialsFlow?: boolean;
  /**
   * Setup: Require Proof Key for Code Exchange (PKCE) Extension, for every app of the org.
   * @default - not managed
   */
  readonly requirePkce?: boolean;
  /**
   * True blocks the OAuth username-password flow.
   * @default - not managed
   */
  readonly blockUsernamePasswordFlow?: boolean;
  /**
   * True blocks the OAuth user-agent flow, and with it the hybrid app token flow.
   * @default - not managed
   */
  readonly blockUserAgentFlow?: boolean;
  /**
   * Setup: Allow access to External Client App consumer secrets via Metadata API.
   * @default - not managed
   */
  readonly allowSecretsViaMetadataApi?: boolean;
  /**
   * Setup: Allow access to External Client App consumer secrets via REST API.
   * @default - not managed
   */
  readonly allowSecretsViaRestApi?: boolean;
  /**
   * Lets a developer org that is not a Dev Hub package External Client Apps with OAuth. Not for scratch orgs and
   * sandboxes.
   * @default - not managed
   */
  readonly allowPackagingFromDeveloperOrg?: boolean;
  /**
   * API Access Control: only apps that an admin has approved can use APIs. Salesforce Support must enable the feature
   * first.
   * @default - not managed
   */
  readonly adminApprovedAppsOnly?: boolean;
  /**
   * API Access Control for customers and partners; see `adminApprovedAppsOnly`.
   * @default - not managed
   */
  readonly adminApprovedAppsOnlyForExternalUsers?: boolean;
  /**
   * Skips the welcome page of the user provisioning wizard.
   * @default - not managed
   */
  readonly skipUserProvisioningWelcomePage?: boolean;
}

/** What the author says another team keeps true in the org: checked live at plan, never written. */
export interface OrgAssumptions {
  /**
   * The option that Setup calls Allow Authorization Code and Credentials Flows.
   * @default - nothing is assumed
   */
  readonly codeAndCredentialsFlow?: boolean;
}
