const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)+$/;

/** True for an e-mail address of the everyday form: one mailbox, a domain with a dot, at most 80 characters. */
export function isEmail(text: string): boolean {
  return text.length <= 80 && ADDRESS.test(text);
}
