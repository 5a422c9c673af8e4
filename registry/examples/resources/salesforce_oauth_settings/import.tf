import {
  to = salesforce_oauth_settings.org
  id = "settings"
}
