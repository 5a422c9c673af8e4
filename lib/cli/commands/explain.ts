import { CONTROL_LIST_FORMAT_VERSION, controlListText, listedControls } from '../../policy/control-list';
import { explain } from '../../reports/explain';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError } from '../../values/diagnostic';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput } from '../files';
import type { ExplainFlags } from '../flags';
import type { Io } from '../io';
import { writeFitted } from '../style';

/**
 * Prints what is known about a control, a field or an option, or the list of all controls.
 * @throws ClientAppsError for anything else.
 */
export async function explainTerm(io: Io, term: string | undefined, { list, json }: ExplainFlags): Promise<ExitCode> {
  if (list === true) {
    if (term !== undefined) throw misused('--list prints every control and takes no term');
    if (json === true) io.stdout.write(jsonText(ALL_CONTROLS()));
    else writeFitted(io.stdout, controlListText());
    return EXIT.ok;
  }
  if (term === undefined) throw misused('there is nothing to explain');
  if (json === true) throw misused('explanations are text; only --list prints JSON');
  const explanation = explain(term);
  if (!explanation.ok) throw new ClientAppsError('INVALID_INPUT', [explanation.error]);
  writeFitted(io.stdout, `${explanation.value.trimEnd()}\n`);
  return EXIT.ok;
}

const ALL_CONTROLS = () => ({ format_version: CONTROL_LIST_FORMAT_VERSION, controls: listedControls() });

const misused = (problem: string): ClientAppsError =>
  invalidInput(diagnose('explain-usage', { path: 'explain' }, { problem }));
