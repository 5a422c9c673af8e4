import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { appKey, type AppOperation, nameOf, pathOfOperation } from './operation';

/**
 * Operations that mean the same app as another one of the same run, under another address: no one can say which of them
 * is right. A replacement is not one: Terraform deletes first, and creates when that is done.
 * @param written Keys of the apps that this run has written already.
 */
export function conflicts(
  operations: readonly AppOperation[],
  written: ReadonlySet<string>,
): ReadonlyMap<AppOperation, Diagnostic> {
  const found = new Map<AppOperation, Diagnostic>();
  for (const operation of operations) {
    const key = appKey(operation);
    const others = operations.filter((other) => other !== operation && appKey(other) === key);
    const writes = written.has(key) || others.some(({ kind }) => kind === 'write');
    if (!writes && !(operation.kind === 'write' && others.length > 0)) continue;
    const moves = operation.kind === 'delete' || others.some(({ kind }) => kind === 'delete');
    found.set(operation, moves ? twoAddresses(operation) : declaredTwice(operation));
  }
  return found;
}

const twoAddresses = (operation: AppOperation): Diagnostic =>
  diagnose('two-addresses', { path: pathOfOperation(operation) }, { app: nameOf(operation) });

const declaredTwice = (operation: AppOperation): Diagnostic =>
  diagnose('declared-twice', { path: pathOfOperation(operation) }, { app: nameOf(operation) });
