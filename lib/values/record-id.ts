/** A record id by the 15 characters that tell it; the last three of 18 only check them. */
export const shortId = (id: string): string => id.slice(0, 15);

/** Compares ids of 15 and 18 characters. */
export const sameId = (a: string, b: string): boolean => shortId(a) === shortId(b);
