import {
  to = salesforce_public_client_app.mobile
  id = "Field_Mobile"
}
