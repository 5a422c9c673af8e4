/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the data source is read: most of Terraform's plugin processes only tell the schema; import() would stay a native import in CommonJS output */
import type * as clientApps from './client-apps/read-client-apps';

/** The list of apps, loaded when first asked for. */
export const loadClientApps = (): typeof clientApps => require('./client-apps/read-client-apps') as typeof clientApps;
