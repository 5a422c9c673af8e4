# PartnerTokens is an Apex class of the org that extends Auth.Oauth2TokenExchangeHandler. It serves no app until a row of
# enablements names one, and an app takes part only with token_exchange and a justification.
resource "salesforce_oauth_token_exchange_handler" "partners" {
  api_name = "Partner_Tokens"
  handler = {
    master_label               = "Partner tokens"
    description                = "Tokens of the partner portal"
    token_handler_apex         = "PartnerTokens"
    is_enabled                 = true
    is_jwt_supported           = true
    is_access_token_supported  = false
    is_id_token_supported      = false
    is_refresh_token_supported = false
    is_saml2_supported         = false
    is_user_creation_allowed   = false
  }
}
