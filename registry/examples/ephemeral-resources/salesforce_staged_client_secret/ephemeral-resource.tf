resource "salesforce_staged_credentials" "orders" {
  api_name           = "Orders"
  rotation           = "2026-11"
  open_secret_access = true
  accept_unproved    = true
}

# For a write-only argument of the store, such as data_json_wo of a vault_kv_secret_v2.
ephemeral "salesforce_staged_client_secret" "orders" {
  api_name           = salesforce_staged_credentials.orders.api_name
  consumer_key       = salesforce_staged_credentials.orders.consumer_key
  open_secret_access = true
}
