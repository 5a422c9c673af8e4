# ["Api", "RefreshToken"], as the resources spell them.
output "scopes" {
  value = provider::salesforce::scopes(["api", "refresh_token"])
}
