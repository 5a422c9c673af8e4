import { diagnose } from '../lib/values/diagnose';
import { ClientAppsError } from '../lib/values/diagnostic';

/** True where Node found no such package; not where it found one that lacks a part of its own. */
export function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  // The lines behind the first one name every file on the way to it.
  return code === 'MODULE_NOT_FOUND' && (message.split('\n')[0] ?? '').includes(`'${name}`);
}

/**
 * Neither CDK can be loaded.
 * @param path Where it was needed: the construct, or this package.
 */
export const cdkMissing = (path: string): ClientAppsError =>
  new ClientAppsError('REFUSED', [diagnose('cdk-missing', { path })]);

// Whoever installed this package alone, for its command, gets one sentence instead of Node's list of folders.
try {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import that fails cannot be caught
  require('constructs');
} catch (error) {
  throw isMissing(error, 'constructs') ? cdkMissing('cdktf-salesforce-client-apps') : error;
}
