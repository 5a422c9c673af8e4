/** True in `npm run test:deep`, which runs the suites that import this file, and those named `*.deep.test.ts`. */
export const DEEP: boolean = Boolean(process.env['CLIENT_APPS_DEEP']);

/** What part of its random cases the long run takes: 0.5 in CI, which has an hour for everything. Default: all of them. */
const SHARE = Number(process.env['CLIENT_APPS_DEEP_SHARE'] ?? 1);

/** How many random cases a property takes: in `npm test`, and in the long run. */
export const cases = (usual: number, deep: number): number => (DEEP ? Math.max(usual, Math.ceil(deep * SHARE)) : usual);
