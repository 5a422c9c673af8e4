# A job without a user, which signs in with its key. The provider sees the certificate only, and the state not even that.
resource "salesforce_machine_client_app" "sync" {
  api_name        = "Billing_Sync"
  label           = "Billing Sync"
  contact_email   = "iam@acme.example"
  scopes          = ["Api"]
  certificate     = file("${path.module}/billing-sync.crt")
  permitted_users = { policy = "pre_authorized", permission_sets = ["Billing_Sync"] }
}
