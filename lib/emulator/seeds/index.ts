import { tenYears } from './ten-years';

/** Seeds that come with the program, by the name that --seed takes. */
export const SEEDS: Readonly<Record<string, (now: Date) => ReadonlyMap<string, string>>> = { 'ten-years': tenYears };
