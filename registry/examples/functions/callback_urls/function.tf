variable "callback_urls" {
  type    = list(string)
  default = ["https://portal.acme.example/oauth/callback"]

  validation {
    condition     = can(provider::salesforce::callback_urls(var.callback_urls, "private"))
    error_message = "Callback URLs of a server are https, without a fragment and without a wildcard."
  }
}
