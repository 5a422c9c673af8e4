import {
  to = salesforce_external_client_app.reports
  id = "Reports"
}
