/**
 * What is known about one setting: its value, that there is none, or that no one could read it. `implied` marks a value
 * that was not written down and is the platform's default.
 */
export type Reading<T> =
  | { readonly state: 'value'; readonly value: T; readonly implied?: true }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** A reading for every field of a record. */
export type Readings<F> = { readonly [K in keyof F]: Reading<F[K]> };

export const ABSENT: Reading<never> = { state: 'absent' };
export const valued = <T>(value: T): Reading<T> => ({ state: 'value', value });
export const implied = <T>(value: T): Reading<T> => ({ state: 'value', value, implied: true });
export const unreadable = (reason: string): Reading<never> => ({ state: 'unreadable', reason });

/** The value, or undefined where there is none or no one could read it. */
export const valueOf = <T>(reading: Reading<T>): T | undefined =>
  reading.state === 'value' ? reading.value : undefined;

/** The answer to a question about a setting; undefined where the setting could not be read. */
export function known<T>(reading: Reading<T>, question: (value: T | undefined) => boolean): boolean | undefined {
  return reading.state === 'unreadable' ? undefined : question(valueOf(reading));
}

/** Why any of them could not be read, each reason once. */
export const unreadReasons = (readings: readonly Reading<unknown>[]): readonly string[] => [
  ...new Set(readings.flatMap((reading) => (reading.state === 'unreadable' ? [reading.reason] : []))),
];

/** The same reading of another value. */
export function mapReading<A, B>(reading: Reading<A>, change: (value: A) => B): Reading<B> {
  return reading.state === 'value' ? { ...reading, value: change(reading.value) } : reading;
}
