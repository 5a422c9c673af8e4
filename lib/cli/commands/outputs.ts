import { readOutputs } from '../../operations/read-outputs';
import { RECEIPT_FORMAT_VERSION } from '../../operations/types';
import { outputsText } from '../../reports/outputs';
import { eachOrg } from '../each-org';
import { type ExitCode, worst } from '../exit-code';
import type { OutputsFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests, targetsOf } from '../manifests';
import { orgsJson } from '../orgs-json';
import { renderOptions } from '../style';
import { withRun } from '../with-run';

/** Prints consumer keys and other public facts of the declared apps, as the orgs have them. */
export async function outputs(io: Io, flags: OutputsFlags): Promise<ExitCode> {
  const targets = targetsOf(loadManifests(io, flags));
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { signal } = run.interrupts;
    const { results, codes } = await eachOrg(run, targets, ({ manifest }, org) =>
      readOutputs({ org, manifest, signal }),
    );
    // Of no org at all there is no answer, but the reason.
    if (results.length === 0) return worst(codes);
    if (flags.json) {
      io.stdout.write(orgsJson(io, { format_version: RECEIPT_FORMAT_VERSION, orgs: results }));
    } else {
      io.stdout.write(outputsText(results, renderOptions(io.stdout, io.environment)));
    }
    return worst(codes);
  });
}
