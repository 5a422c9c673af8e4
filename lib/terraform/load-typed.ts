/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a resource is first read or planned; import() would stay a native import in CommonJS output */
import type * as lifecycle from './typed/lifecycle';

/** What reads, plans and applies a typed app, loaded when first asked for. */
export const loadTyped = (): typeof lifecycle => require('./typed/lifecycle') as typeof lifecycle;
