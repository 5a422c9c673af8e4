/** An OAuth grant type in words: `refresh token`, `jwt bearer`. */
export const grantName = (grant: string): string =>
  grant.replace(/^urn:ietf:params:oauth:grant-type:/, '').replaceAll(/[_-]/g, ' ');
