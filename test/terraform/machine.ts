const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** A machine that logs in with its secret. @param reason Why it may. */
export const machine = (name: string, reason: string): string => `
resource "salesforce_external_client_app" "${name.toLowerCase()}" {
  api_name       = "${name}"
  client_type    = "machine"
  app            = { label = "${name}", contact_email = "iam@acme.example" }
  global_oauth   = { is_client_credentials_flow_enabled = true }
  oauth          = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies = {
    permitted_users_policy_type    = "AdminApprovedPreAuthorized"
    comma_separated_permission_set = ["Partner_Portal_Access"]
    client_credentials_flow_user   = "admin@emulator.example"
  }
  exception = [{
    controls = ["SFCA-ECA-CLIENT-CREDENTIALS", "SFCA-ECA-JWT-BEARER", "SFCA-ECA-RUN-AS-USER"], reason = "${reason}"
    approved_by = "sec@acme.example", expires = "${until}"
  }]
}
`;

export const MACHINE = machine('Sync', 'syncs');
