import { diagnose } from '../lib/values/diagnose';
import { ClientAppsError } from '../lib/values/diagnostic';
import type * as NullEngineModule from './null-engine';

const PACKAGE = '@cdktf/provider-null';

/**
 * The null engine, loaded where a program asks for it: whoever uses the provider needs no `@cdktf/provider-null`.
 * @throws ClientAppsError `null-provider-missing` where the package is not installed.
 */
export function loadNullEngine(path: string): typeof NullEngineModule.NullEngine {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a constructor cannot wait for import()
    const { NullEngine } = require('./null-engine') as typeof NullEngineModule;
    return NullEngine;
  } catch (error) {
    if (!String(error).includes(PACKAGE)) throw error;
    throw new ClientAppsError('REFUSED', [diagnose('null-provider-missing', { path })]);
  }
}
