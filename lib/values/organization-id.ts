import type { Problem } from './problem';

const ALLOWED = 'an organization id: 00D followed by 12 characters, or by 15 with the check characters';
const CHECK_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** What is wrong with an organization id of 15 or 18 characters, or undefined. Checks the check characters too. */
export function organizationIdProblem(text: string): Problem | undefined {
  const remedy = 'copy the id from Setup, Company Information';
  if (!/^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(text)) {
    return { problem: 'this is not an organization id', allowed: ALLOWED, remedy };
  }
  if (text.length === 18 && checkCharacters(text) !== text.slice(15).toUpperCase()) {
    return {
      problem: 'the last three characters do not match the rest, so a character is wrong',
      allowed: ALLOWED,
      remedy,
    };
  }
  return undefined;
}

/** Three characters, each telling which of five characters of the id are capital letters. */
function checkCharacters(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = Array.from(id.slice(start, start + 5)).reduce(
        (sum, char, i) => sum + (/[A-Z]/.test(char) ? 1 << i : 0),
        0,
      );
      return CHECK_ALPHABET[bits] ?? '';
    })
    .join('');
}
