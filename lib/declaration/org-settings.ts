/** The org's OAuth settings that the author stated. A setting left out is not managed. */
export interface OrgSettings {
  /** Setup: Allow Authorization Code and Credentials Flows. */
  readonly allowCodeAndCredentialsFlow?: boolean;
  /** Setup: Require Proof Key for Code Exchange (PKCE) Extension, for every app of the org. */
  readonly requirePkce?: boolean;
  /** True blocks the OAuth username-password flow. */
  readonly blockUsernamePasswordFlow?: boolean;
  /** True blocks the OAuth user-agent flow, and with it the hybrid app token flow. */
  readonly blockUserAgentFlow?: boolean;
  /** Setup: Allow access to External Client App consumer secrets via Metadata API. */
  readonly allowSecretsViaMetadataApi?: boolean;
  /** Setup: Allow access to External Client App consumer secrets via REST API. */
  readonly allowSecretsViaRestApi?: boolean;
}

/** What the author says another team keeps true in the org: checked live at plan, never written. */
export interface OrgAssumptions {
  readonly codeAndCredentialsFlow?: boolean;
}
