/** A name of Salesforce, or of an option, in Terraform's spelling: `isPkceRequired` is `is_pkce_required`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/OAuth/gi, (found) => (found.startsWith('o') ? 'oauth' : 'Oauth'))
    .replace('DPop', 'Dpop')
    .replace('TTL', 'Ttl')
    .replace('PKImTLS', 'PkiMtls')
    .replace(/[A-Z]/g, (capital, at) => `${at === 0 ? '' : '_'}${capital.toLowerCase()}`);
