import {
  to = salesforce_private_client_app.portal
  id = "Partner_Portal"
}
