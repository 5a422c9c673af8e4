import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../metadata/api-version';
import { schemaDiff } from '../../metadata/schema-diff';
import { renderSchemaDiff } from '../../metadata/schema-diff-text';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError, type Diagnostic, shown } from '../../values/diagnostic';
import { EXIT, type ExitCode } from '../exit-code';
import type { SchemaDiffFlags } from '../flags';
import type { Io } from '../io';
import { writeFitted } from '../style';

/**
 * Tells what raising (or lowering) `apiVersion` does: elements that enter or leave, and what holds without a word about
 * them. Asks no org. @throws ClientAppsError for a version that is not modeled.
 */
export async function diffSchemas(io: Io, from: string, to: string, flags: SchemaDiffFlags): Promise<ExitCode> {
  const problems = [problemOf('from', from), problemOf('to', to)].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
  const diff = schemaDiff(Number.parseInt(from, 10), Number.parseInt(to, 10));
  if (flags.json) io.stdout.write(jsonText({ format_version: '1.0', ...diff }));
  else writeFitted(io.stdout, `${renderSchemaDiff(diff).trimEnd()}\n`);
  return EXIT.ok;
}

function problemOf(argument: string, given: string): Diagnostic | undefined {
  const version = /^\d+(\.0)?$/.test(given) ? Number.parseInt(given, 10) : NaN;
  if (version >= OLDEST_API_VERSION && version <= NEWEST_API_VERSION) return undefined;
  const allowed = `a whole number from ${OLDEST_API_VERSION} to ${NEWEST_API_VERSION}`;
  const place = { path: 'schema diff', field: argument, value: shown(given) };
  return diagnose('invalid-api-version/not-modeled', place, { allowed });
}
