data "salesforce_client_apps" "all" {}

check "nothing_critical" {
  assert {
    condition = alltrue([
      for app in data.salesforce_client_apps.all.apps : alltrue([for finding in app.findings : finding.severity != "critical"])
    ])
    error_message = "An app of the org violates a critical control: client-apps audit says which."
  }
}
