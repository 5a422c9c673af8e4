/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a resource is first read or planned; import() would stay a native import in CommonJS output */
import type * as lifecycle from './app/lifecycle';

/** What reads, plans and applies an app, loaded when first asked for. */
export const loadApp = (): typeof lifecycle => require('./app/lifecycle') as typeof lifecycle;
