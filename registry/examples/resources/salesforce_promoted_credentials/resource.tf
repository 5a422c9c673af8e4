resource "salesforce_staged_credentials" "reports" {
  api_name           = "Reports"
  rotation           = "2026-11"
  open_secret_access = true
  accept_unproved    = true
}

ephemeral "salesforce_staged_client_secret" "reports" {
  api_name           = salesforce_staged_credentials.reports.api_name
  consumer_key       = salesforce_staged_credentials.reports.consumer_key
  open_secret_access = true
}

# Stands for the store: a resource whose write-only argument takes the secret.
resource "terraform_data" "store" {
  triggers_replace = salesforce_staged_credentials.reports.consumer_key

  provisioner "local-exec" {
    command     = "test -n \"$SECRET\""
    environment = { SECRET = ephemeral.salesforce_staged_client_secret.reports.client_secret }
  }
}

# In use only where the store has them.
resource "salesforce_promoted_credentials" "reports" {
  api_name           = "Reports"
  consumer_key       = salesforce_staged_credentials.reports.consumer_key
  open_secret_access = true
  depends_on         = [terraform_data.store]
}
