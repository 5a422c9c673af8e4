output "callback_host" {
  value = provider::salesforce::parse_callback_url("https://portal.acme.example/oauth/callback").host
}
