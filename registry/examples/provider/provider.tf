terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = {
      source  = "client-apps.invalid/cdktf-salesforce-client-apps/salesforce"
      version = "0.1.0"
    }
  }
}

# Credentials come from the environment: SF_ACCESS_TOKEN with SF_INSTANCE_URL, a JWT key, a client secret, or SF_TARGET_ORG.
provider "salesforce" {
  managed_by = "identity"
}
