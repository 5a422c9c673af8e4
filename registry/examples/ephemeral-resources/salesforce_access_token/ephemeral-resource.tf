variable "sync_secret" {
  description = "Consumer secret of the job, from the environment: TF_VAR_sync_secret."
  type        = string
  ephemeral   = true
}

# Without arguments: a session of the provider's own login.
ephemeral "salesforce_access_token" "own" {}

# A token of an app. It is in no plan and no state, and goes where write-only values may go.
ephemeral "salesforce_access_token" "sync" {
  consumer_key    = "3MVG9.the.consumer.key.of.the.app"
  consumer_secret = var.sync_secret
}
