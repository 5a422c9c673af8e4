import {
  to = salesforce_machine_client_app.sync
  id = "Billing_Sync"
}
