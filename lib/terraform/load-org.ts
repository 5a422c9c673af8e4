/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the org is needed: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as execute from './org/execute';
import type * as executeRecords from './org/execute-records';
import type * as openOrg from './org/open-org';

/** What talks to Salesforce, loaded when first asked for. */
export const loadOrg = {
  open: () => require('./org/open-org') as typeof openOrg,
  execute: () => require('./org/execute') as typeof execute,
  executeRecords: () => require('./org/execute-records') as typeof executeRecords,
};
