/** True in `npm run test:deep`, which runs the suites that import this file, and those named `*.deep.test.ts`. */
export const DEEP: boolean = Boolean(process.env['CLIENT_APPS_DEEP']);

/** How many random cases a property takes: in `npm test`, and in the long run. */
export const cases = (usual: number, deep: number): number => (DEEP ? deep : usual);
