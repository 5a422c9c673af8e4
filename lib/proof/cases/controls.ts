/** Controls whose exception excuses several cases. */
export const PKCE = ['SFCA-ECA-PKCE', 'SFCA-CA-PKCE'];
export const SECRET = ['SFCA-ECA-SECRET-WEB-SERVER', 'SFCA-CA-SECRET-WEB-SERVER'];
