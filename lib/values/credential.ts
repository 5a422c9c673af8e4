export const REDACTED = '[redacted]';

/** What a credential looks like, for those that were not registered. */
const SHAPES: readonly RegExp[] = [
  /\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?(?:!|%21)[A-Za-z0-9._~%-]+/g, // session id: org id, exclamation mark, secret
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // The same without its lines: a DER sequence that begins with the version of a private key, 0 or 1. A certificate begins otherwise.
  /(?<![A-Za-z0-9+/])M(?:II[A-Za-z0-9+/]{2}[AQgw]IBA|I[GH][A-Za-z0-9+/]AgE[AB]|[A-P][A-Za-z0-9+/]CAQ[AE])[A-Za-z0-9+/=]{40,}/g,
  /\bforce:\/\/[^\s"'<>]+/g, // SFDX authorization URL
];

/** Parts between dots: looked at as a whole, so that a long text costs no more than its length. */
const DOTTED = /[A-Za-z0-9_.-]+/g;

/** A run of such parts without the JSON Web Tokens in it: three parts each, of which the first begins with `eyJ`. */
function withoutTokens(run: string): string {
  if (!run.includes('eyJ')) return run;
  const parts = run.split('.');
  const shown: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const [part = '', payload = ''] = parts.slice(index, index + 2);
    // A word of its own may stand before the token, with a hyphen.
    const at = part.startsWith('eyJ') ? 0 : part.indexOf('-eyJ') + 1;
    const isToken = part.startsWith('eyJ', at) && part.length - at >= 11 && payload.length >= 4;
    if (isToken && index + 2 < parts.length) {
      shown.push(part.slice(0, at) + REDACTED);
      index += 2;
    } else shown.push(part);
  }
  return shown.join('.');
}

/** The text with everything taken out that looks like a credential. */
export function redactCredentials(text: string): string {
  let result = text.replace(DOTTED, withoutTokens);
  for (const shape of SHAPES) result = result.replace(shape, REDACTED);
  return result;
}

/** True where the text has something that looks like a credential. */
export const holdsCredential = (text: string): boolean => redactCredentials(text) !== text;
