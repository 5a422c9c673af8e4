import {
  to = salesforce_oauth_custom_scope.orders_read
  id = "orders_read"
}
