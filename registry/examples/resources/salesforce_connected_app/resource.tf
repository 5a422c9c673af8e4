# An app that is there already; since Spring '26 Salesforce creates none without its Support.
resource "salesforce_connected_app" "loader" {
  api_name     = "Nightly_Loader"
  client_type  = "private"
  app          = { label = "Nightly Loader", contact_email = "iam@acme.example", permission_set_name = ["Loader_Access"] }
  oauth_config = { callback_url = ["https://loader.acme.example/callback"], scopes = ["Api", "RefreshToken"], is_admin_approved = true }
}
