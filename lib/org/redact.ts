import { redactCredentials, REDACTED } from '../values/credential';

/** Replaces every secret it knows in a text. */
export type Redact = (text: string) => string;

/** Shorter values would turn every message into a riddle; no credential of Salesforce is that short. */
const SHORTEST_SECRET = 4;

/** Redacts by value first, in every spelling a wire format gives it, then by shape. */
export function redactor(secrets: readonly string[]): Redact {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(spellingsOf))]
    // A secret that contains another one goes first, or its rest would stay.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const spelling of spellings) result = result.replaceAll(spelling, REDACTED);
    return redactCredentials(result);
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
