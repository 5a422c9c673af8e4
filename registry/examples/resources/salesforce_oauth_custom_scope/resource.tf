resource "salesforce_oauth_custom_scope" "orders_read" {
  api_name = "orders_read"
  scope    = { master_label = "Read orders", description = "Lets a client read orders" }
}

# An app names it, and its tokens may carry it.
resource "salesforce_private_client_app" "orders" {
  api_name        = "Orders"
  label           = "Orders"
  contact_email   = "iam@acme.example"
  scopes          = ["Api"]
  custom_scopes   = [salesforce_oauth_custom_scope.orders_read.api_name]
  callback_urls   = ["https://orders.acme.example/oauth/callback"]
  permitted_users = { policy = "pre_authorized", permission_sets = ["Orders_Access"] }
}
