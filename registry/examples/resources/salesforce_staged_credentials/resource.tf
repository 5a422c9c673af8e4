# Another text is a new rotation; nothing else stages credentials.
resource "salesforce_staged_credentials" "portal" {
  api_name           = "Partner_Portal"
  rotation           = "2026-11"
  open_secret_access = true
  # No login can prove them: the app has no client credentials flow.
  accept_unproved = true
}
