import {
  to = salesforce_oauth_token_exchange_handler.partners
  id = "Partner_Tokens"
}
