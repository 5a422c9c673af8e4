/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a record is read, planned or applied: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as records from './records/lifecycle';

/** The life of records beside the apps, loaded when first asked for. */
export const loadRecords = (): typeof records => require('./records/lifecycle') as typeof records;
