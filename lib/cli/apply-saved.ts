import { relative, resolve } from 'node:path';

import type { OrgPlan } from '../plan/plan';
import { readPlan } from '../plan/plan-file';
import { ClientAppsError } from '../values/diagnostic';
import { diagnose } from '../values/diagnose';
import { carryOut } from './execute-plan';
import { settleSynthesized } from './drift-report';
import { EXIT, type ExitCode } from './exit-code';
import { invalidInput, readText } from './files';
import type { ApplyFlags } from './flags';
import type { Io } from './io';
import { unknownOrg } from './manifests';
import { openReceipts } from './receipts';
import { withRun } from './with-run';

/** What a saved plan has decided already. */
const DECIDED = [
  ['--manifest', 'manifest'],
  ['--adopt', 'adopt'],
  ['--re-enable', 'reEnable'],
  ['--allow-delete', 'allowDelete'],
  ['--allow-recreate', 'allowRecreate'],
  ['--allow-certificate-removal', 'allowCertificateRemoval'],
  ['--except', 'except'],
  ['--prune', 'prune'],
  ['--resend-certificates', 'resendCertificates'],
  ['--fail-on', 'failOn'],
  ['--allow', 'allow'],
  ['--from-terraform', 'fromTerraform'],
  ['--reapply-on-drift', 'reapplyOnDrift'],
] as const;

/** Applies exactly what a saved plan says. It was reviewed, so nothing is asked. */
export async function applySaved(io: Io, planFile: string, flags: ApplyFlags): Promise<ExitCode> {
  const given = DECIDED.filter(([, flag]) => flags[flag] !== undefined).map(([option]) => option);
  if (given.length > 0) {
    throw invalidInput(diagnose('option-with-saved-plan', { path: given.join(', ') }));
  }
  const file = resolve(io.cwd, planFile);
  const read = readPlan(readText(file, 'save one with client-apps plan --out FILE'), relative(io.cwd, file));
  if (!read.ok) throw new ClientAppsError('INVALID_INPUT', read.error);
  const plans = chosen(read.value.orgs, flags.org);
  const names = plans.map(({ org }) => org);
  const receipts = openReceipts(io, flags, names);
  return withRun(io, flags, names, async (run) => {
    const applied = await carryOut(run, plans, { receipts, flags, approval: { reviewed: true } });
    if (applied === EXIT.ok) for (const { manifest } of plans) settleSynthesized(io, manifest);
    return applied;
  });
}

function chosen(plans: readonly OrgPlan[], names: readonly string[] | undefined): readonly OrgPlan[] {
  if (names === undefined) return plans;
  const known = plans.map(({ org }) => org);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalidInput(...unknown.map((name) => unknownOrg('--org', name, known)));
  return plans.filter(({ org }) => names.includes(org));
}
