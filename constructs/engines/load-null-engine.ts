import { diagnose } from '../../lib/values/diagnose';
import { ClientAppsError } from '../../lib/values/diagnostic';
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
    if (!isMissing(error)) throw error;
    throw new ClientAppsError('REFUSED', [diagnose('null-provider-missing', { path })]);
  }
}

/** The lines behind the first one name every file on the way to a module that was not found: the package is one of those. */
function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' && (message.split('\n')[0] ?? '').includes(PACKAGE);
}
