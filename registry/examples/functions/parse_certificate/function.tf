output "certificate_ends" {
  value = provider::salesforce::parse_certificate(file("${path.module}/billing-sync.crt")).not_after
}
