/** An Apex class by its parts. */
export interface ApexClassName {
  /** Of the package or the org that the class belongs to; undefined for a class without one. */
  readonly namespace?: string;
  readonly name: string;
}

/** `ns__Class` (as metadata writes it) and `ns.Class` (as Apex does) are the same class. */
export function apexClassName(text: string): ApexClassName {
  // An identifier of Apex has no two underscores in a row and no dot, so that what stands before them is the namespace.
  const whole = text.trim();
  const separator = /__|\./.exec(whole);
  if (!separator) return { name: whole };
  const namespace = whole.slice(0, separator.index);
  const name = whole.slice(separator.index + separator[0].length);
  return namespace === '' || name === '' ? { name: whole } : { namespace, name };
}

/** In the spelling of metadata: `ns__Class`. */
export const fullApexName = ({ namespace, name }: ApexClassName): string =>
  namespace === undefined ? name : `${namespace}__${name}`;

/** The same for every spelling of one class: names of Apex classes know no case. */
export const apexClassKey = (text: string): string => fullApexName(apexClassName(text)).toLowerCase();
