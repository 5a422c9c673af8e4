import { createHash } from 'node:crypto';

/** True in `npm run test:deep`, which runs the suites that import this file, and those named `*.deep.test.ts`. */
export const DEEP: boolean = Boolean(process.env['CLIENT_APPS_DEEP']);

/** What part of its random cases the long run takes: 0.4 in CI, which has an hour for everything. Default: all of them. */
const SHARE = Number(process.env['CLIENT_APPS_DEEP_SHARE'] ?? 1);

/** How many random cases a property takes: in `npm test`, and in the long run. */
export const cases = (usual: number, deep: number): number => (DEEP ? Math.max(usual, Math.ceil(deep * SHARE)) : usual);

/** Every place where something can go wrong, which takes an hour; by hand: `CLIENT_APPS_EXHAUSTIVE=1`. */
export const EXHAUSTIVE = Boolean(process.env['CLIENT_APPS_EXHAUSTIVE']);

/** What is taken in place of everything; another choice by hand: `CLIENT_APPS_FIRST_SEED=2`. The same one in every run. */
const CHOICE = process.env['CLIENT_APPS_FIRST_SEED'] ?? '1';

/** So many of the places, chosen by the seed and in their order; fewer where CI is short of time, all in the exhaustive run. */
export function sampled<T>(places: readonly T[], most: number): readonly T[] {
  if (EXHAUSTIVE) return places;
  const count = Math.ceil(most * SHARE);
  const lot = (index: number): string => createHash('sha256').update(`${CHOICE} ${index}`).digest('hex');
  const drawn = places.map((_, index) => index).sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
  const chosen = new Set(drawn.slice(0, count));
  return places.filter((_, index) => chosen.has(index));
}
