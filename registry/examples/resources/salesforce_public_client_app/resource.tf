# An app on a device, which can keep no secret and has a callback of its own.
resource "salesforce_public_client_app" "mobile" {
  api_name        = "Field_Mobile"
  label           = "Field Mobile"
  contact_email   = "iam@acme.example"
  scopes          = ["Basic", "RefreshToken"]
  callback_urls   = ["com.acme.field:/oauth"]
  permitted_users = { policy = "pre_authorized", permission_sets = ["Field_Access"] }
  refresh_tokens  = { policy = "expires_if_unused_for", period = "7 days" }
}
