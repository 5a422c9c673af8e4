/**
 * Option values are recognized by a registered symbol, not by `instanceof`: two copies of this package in one program
 * (a monorepo, a linked checkout) must understand each other.
 */
const brandOf = (name: string): symbol => Symbol.for(`cdktf-salesforce-client-apps/${name}`);

/** Marks a value as one of ours. */
export function brand(value: object, name: string): void {
  Object.defineProperty(value, brandOf(name), { value: true });
}

/** True for a value marked with that name, whichever copy of this package made it. */
export function hasBrand(value: unknown, name: string): value is object {
  return typeof value === 'object' && value !== null && brandOf(name) in value;
}
