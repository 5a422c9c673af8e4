import {
  to = salesforce_connected_app.loader
  id = "Nightly_Loader"
}
