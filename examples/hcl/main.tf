/**
 * Two OAuth clients of one org in HCL, without a CDK. `npx client-apps provider install` puts the provider beside this file;
 * credentials come from the environment, as docs/login.md says.
 */

terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = {
      source  = "client-apps.invalid/cdktf-salesforce-client-apps/salesforce"
      version = "0.1.0"
    }
  }
}

provider "salesforce" {
  managed_by = "identity"
}

variable "contact_email" {
  description = "Mailbox of the people who answer for the apps."
  type        = string
  default     = "iam@acme.example"
}

# A server with users: PKCE, rotation of refresh tokens and the secret are required without a word about them.
resource "salesforce_private_client_app" "portal" {
  api_name        = "Partner_Portal"
  label           = "Partner Portal"
  contact_email   = var.contact_email
  scopes          = ["Basic", "OpenID", "RefreshToken"]
  callback_urls   = ["https://portal.acme.example/oauth/callback"]
  permitted_users = { policy = "pre_authorized", permission_sets = ["Partner_Portal_Access"] }
  access_tokens   = { format = "opaque", lifetime = "30 minutes" }
}

# An app on a device: it has no secret, and a callback of its own.
resource "salesforce_public_client_app" "mobile" {
  api_name        = "Field_Mobile"
  label           = "Field Mobile"
  contact_email   = var.contact_email
  scopes          = ["Basic", "RefreshToken"]
  callback_urls   = ["com.acme.field:/oauth"]
  permitted_users = { policy = "pre_authorized", permission_sets = ["Partner_Portal_Access"] }
  refresh_tokens  = { policy = "expires_if_unused_for", period = "7 days" }
}

output "consumer_keys" {
  description = "OAuth client_id of each app."
  value = {
    portal = salesforce_private_client_app.portal.consumer_key
    mobile = salesforce_public_client_app.mobile.consumer_key
  }
}
