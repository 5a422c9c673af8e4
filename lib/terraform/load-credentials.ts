/* eslint-disable @typescript-eslint/no-require-imports -- loaded when credentials are planned or applied: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as promoted from './credentials/promoted';
import type * as readSecret from './credentials/read-secret';
import type * as staged from './credentials/staged';

/** The life of staged credentials, loaded when first asked for. */
export const loadCredentials = {
  staged: () => require('./credentials/staged') as typeof staged,
  readSecret: () => (require('./credentials/read-secret') as typeof readSecret).readSecret,
  promoted: () => require('./credentials/promoted') as typeof promoted,
};
