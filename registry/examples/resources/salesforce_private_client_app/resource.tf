# A server with users. PKCE, the secret and the rotation of refresh tokens are on without a word about them.
resource "salesforce_private_client_app" "portal" {
  api_name        = "Partner_Portal"
  label           = "Partner Portal"
  contact_email   = "iam@acme.example"
  scopes          = ["Basic", "OpenID", "RefreshToken"]
  callback_urls   = ["https://portal.acme.example/oauth/callback"]
  permitted_users = { policy = "pre_authorized", permission_sets = ["Partner_Portal_Access"] }
  access_tokens   = { format = "opaque", lifetime = "30 minutes" }
  refresh_tokens  = { policy = "expires_if_unused_for", period = "7 days" }
}
