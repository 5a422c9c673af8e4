/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the org is needed: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as carryOut from './org/carry-out';
import type * as carryOutRecords from './org/carry-out-records';
import type * as openOrg from './org/open-org';

/** What talks to Salesforce, loaded when first asked for. */
export const loadOrg = {
  open: () => require('./org/open-org') as typeof openOrg,
  carryOut: () => require('./org/carry-out') as typeof carryOut,
  carryOutRecords: () => require('./org/carry-out-records') as typeof carryOutRecords,
};
