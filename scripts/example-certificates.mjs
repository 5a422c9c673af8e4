// Makes the certificates of the examples; run from the root of the repository: node scripts/example-certificates.mjs
// Their private keys are thrown away. They end some time, as the justifications in the examples
// do; then synth says so (SFCA-APP-CERTIFICATE-EXPIRY), and VALID below gets new dates.
import { writeFileSync } from 'node:fs';

import { generate } from 'selfsigned';

/** Three years, the most that SFCA-APP-CERTIFICATE-LIFETIME lets pass. The day that tests live in lies between. */
const VALID = { notBeforeDate: new Date('2026-01-01T00:00:00Z'), notAfterDate: new Date('2028-12-31T00:00:00Z') };

const common = (value) => ({ name: 'commonName', value });
const organization = (value) => ({ name: 'organizationName', value });

const CERTIFICATES = {
  'quickstart/certs/billing-sync': [organization('Acme Example'), common('billing-sync.acme.example')],
  'server-integration/certs/warehouse-feed': [common('warehouse.acme.example'), organization('Acme')],
  'three-orgs/certs/order-hub.prod': [common('prod.acme.example'), organization('Acme')],
  'three-orgs/certs/order-hub.uat': [common('uat.acme.example'), organization('Acme')],
  'three-orgs/certs/order-hub.dev': [common('dev.acme.example'), organization('Acme')],
};

for (const [path, subject] of Object.entries(CERTIFICATES)) {
  const { cert } = await generate(subject, { keySize: 2048, algorithm: 'sha256', ...VALID });
  writeFileSync(`examples/${path}.crt`, `${cert.trim().replaceAll('\r\n', '\n')}\n`);
}
