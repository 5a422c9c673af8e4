# Only what is stated is written; the other settings of the org stay as they are.
resource "salesforce_oauth_settings" "org" {
  oauth_oidc = {
    block_oauth_un_pw_flow   = true
    block_oauth_usr_agt_flow = true
    is_pkce_required         = true
  }
}
