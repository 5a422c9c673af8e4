import { explain } from '../../policy/explain';
import { ClientAppsError } from '../../values/diagnostic';
import { EXIT, type ExitCode } from '../exit-code';
import type { Io } from '../io';

/** Prints what is known about a control, a field or an option. @throws ClientAppsError for anything else. */
export async function explainTerm(io: Io, term: string): Promise<ExitCode> {
  const told = explain(term);
  if (!told.ok) throw new ClientAppsError('INVALID_INPUT', [told.error]);
  io.stdout.write(`${told.value.trimEnd()}\n`);
  return EXIT.ok;
}
