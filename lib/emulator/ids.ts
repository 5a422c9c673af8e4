import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a 15-character record id: three check characters say which letters are capitals. */
export function id18(id: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const character = id.charAt(chunk * 5 + index);
      if (character >= 'A' && character <= 'Z') bits |= 1 << index;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return id.slice(0, 15) + suffix;
}

/** The n-th record id with this three-character prefix, 18 characters. */
export const recordId = (prefix: string, n: number): string => id18(prefix + String(n).padStart(12, '0'));

/** That many random letters and digits. */
export function randomText(length: number): string {
  return [...randomBytes(length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** Makes the secret-looking values of an org. Handed to the deploy reducer, so that the reducer itself stays pure. */
export interface Mint {
  consumerKey(): string;
  consumerSecret(): string;
  token(orgId: string): string;
}

/** Random values of Salesforce's shape that say EMULATOR, so that no scanner or reader takes them for real ones. */
export const randomMint: Mint = {
  consumerKey: () => `3MVG9EMULATOR${randomText(72)}`,
  consumerSecret: () => `EMULATOR${randomText(56).toUpperCase()}`,
  token: (orgId) => `${orgId}!AQEMULATOR.${randomText(80)}`,
};
