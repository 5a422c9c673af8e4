# By the metadata's own names: one attribute for each component, and every secure default that is not stated.
resource "salesforce_external_client_app" "reports" {
  api_name     = "Reports"
  client_type  = "private"
  app          = { label = "Reports", contact_email = "iam@acme.example" }
  global_oauth = { callback_url = ["https://reports.acme.example/oauth/callback"] }
  oauth        = { comma_separated_oauth_scopes = ["Basic", "RefreshToken"] }
  oauth_policies = {
    permitted_users_policy_type    = "AdminApprovedPreAuthorized"
    comma_separated_permission_set = ["Reports_Access"]
    session_timeout_in_minutes     = 60
  }
}
