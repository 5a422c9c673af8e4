/** A list that the compiler knows to have at least one element. */
export type NonEmpty<T> = readonly [T, ...T[]];
