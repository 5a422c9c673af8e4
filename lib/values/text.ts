/** Control characters cannot be stored in XML, and half a surrogate pair cannot be stored in UTF-8. */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** True where the text can be stored in a metadata file as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text) && !/\p{Surrogate}/u.test(text);
}

/**
 * Characters that reverse the order in which text is shown: a name with them reads differently from what it is. Joiners
 * and single marks are left alone, because scripts and emoji need them.
 */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/;

/** True where people see what the text says: it shows something, and in the order in which it is written. */
export const isVisible = (text: string): boolean => /[^\p{Cf}\s]/u.test(text) && !REORDERING.test(text);

/** True for a value that only Terraform knows: one of cdktf's tokens, in any of its disguises. */
export function isTerraformToken(value: unknown): boolean {
  return typeof value === 'string' && /[$#&]\{TfToken\[/.test(value);
}
