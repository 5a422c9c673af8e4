const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** A machine that logs in with its secret. */
export const MACHINE = `
resource "salesforce_external_client_app" "sync" {
  api_name       = "Sync"
  client_type    = "machine"
  app            = { label = "Sync", contact_email = "iam@acme.example" }
  global_oauth   = { is_client_credentials_flow_enabled = true }
  oauth          = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies = {
    permitted_users_policy_type    = "AdminApprovedPreAuthorized"
    comma_separated_permission_set = ["Partner_Portal_Access"]
    client_credentials_flow_user   = "admin@emulator.example"
  }
  exception = [{
    controls = ["SFCA-ECA-CLIENT-CREDENTIALS", "SFCA-ECA-JWT-BEARER", "SFCA-ECA-RUN-AS-USER"], reason = "syncs"
    approved_by = "sec@acme.example", expires = "${until}"
  }]
}
`;
