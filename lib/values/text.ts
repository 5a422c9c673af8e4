/** Control characters cannot be stored in XML, and half a surrogate pair cannot be stored in UTF-8. */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** True where the text can be stored in a metadata file as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text) && !/\p{Surrogate}/u.test(text);
}

/** True for a value that only Terraform knows: one of cdktf's tokens, in any of its disguises. */
export function isTerraformToken(value: unknown): boolean {
  return typeof value === 'string' && /[$#&]\{TfToken\[/.test(value);
}
