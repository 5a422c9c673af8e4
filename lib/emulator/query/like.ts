/**
 * LIKE of SOQL, without regard to case: `%` stands for any text, `_` for one character; neither can be escaped here. No
 * regular expression: a pattern of many `%` would take one for ever.
 */
export function like(value: string, pattern: string): boolean {
  const [text, wanted] = [value.toLowerCase(), pattern.toLowerCase()];
  let [at, next] = [0, 0];
  let last: { readonly next: number; at: number } | undefined;
  while (at < text.length) {
    if (wanted[next] === '%') {
      last = { next: next + 1, at };
      next += 1;
    } else if (next < wanted.length && (wanted[next] === '_' || wanted[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (last === undefined) return false;
    else {
      // The latest `%` takes one character more.
      last.at += 1;
      at = last.at;
      next = last.next;
    }
  }
  return /^%*$/.test(wanted.slice(next));
}
