/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a setting is read, planned or applied: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as settings from './settings/lifecycle';

/** The life of the org's settings, loaded when first asked for. */
export const loadSettings = (): typeof settings => require('./settings/lifecycle') as typeof settings;
