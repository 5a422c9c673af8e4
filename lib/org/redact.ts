/** Replaces every secret it knows in a text. */
export type Redact = (text: string) => string;

const REDACTED = '[redacted]';

/** Shorter values would turn every message into a riddle; no credential of Salesforce is that short. */
const SHORTEST_SECRET = 4;

/** What a credential looks like, for those that no one told us about. */
const SHAPES: readonly RegExp[] = [
  /\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?(?:!|%21)[A-Za-z0-9._~%-]+/g, // session id: org id, exclamation mark, secret
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
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

/** Redacts by value first, in every spelling a wire format gives it, then by shape. */
export function redactor(secrets: readonly string[]): Redact {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(spellingsOf))]
    // A secret that contains another one goes first, or its rest would stay.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const spelling of spellings) result = result.replaceAll(spelling, REDACTED);
    result = result.replace(DOTTED, withoutTokens);
    for (const shape of SHAPES) result = result.replace(shape, REDACTED);
    return result;
  };
}

function spellingsOf(secret: string): string[] {
  const formEncoded = new URLSearchParams({ s: secret }).toString().slice(2);
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    secret,
    encodeURIComponent(secret),
    formEncoded,
    xml,
    xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret, 'utf8').toString('base64'),
  ];
}
