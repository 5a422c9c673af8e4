import type { Manifest } from '../../metadata/manifest';
import { type HealInput, planHeal } from '../../operations/heal';
import { HEAL_FORMAT_VERSION, healing, type OrgHealing } from '../../operations/heal-outcome';
import type { OrgOfProgram } from '../../operations/heal-refreshed';
import type { OrgReceipt } from '../../operations/types';
import type { Org } from '../../org/org';
import { hasChanges } from '../../plan/plan';
import { healText } from '../../reports/heal';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError } from '../../values/diagnostic';
import { located } from '../../values/located';
import { sameId } from '../../values/record-id';
import { consentsFor } from '../consents';
import { eachOrg } from '../each-org';
import { executePlan, receiptCode } from '../execute-plans';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { HealFlags } from '../flags';
import { leaveFormerJournal } from '../former-journal';
import type { Io } from '../io';
import { loadManifests, targetsOf, unknownOrg } from '../manifests';
import { orgsJson } from '../orgs-json';
import { openReceipts, type Receipts } from '../receipts';
import { renderOptions } from '../style';
import { planWithMemory } from '../unfinished';
import { type Run, withRun } from '../with-run';

/** One org after heal, and what the run ends with because of it. */
interface Healed {
  readonly healing: OrgHealing;
  readonly code: ExitCode;
}

/** Repairs what a sandbox refresh broke, as far as that takes no person, and lists the rest. Never asks. */
export async function heal(io: Io, named: string | undefined, flags: HealFlags): Promise<ExitCode> {
  const { org: wanted, ...others } = flags;
  // The apps of a copy carry the names of the other orgs, so that all of the program counts.
  const program = loadManifests(io, others);
  const chosen = named === undefined ? wanted : [named];
  const manifests = chosen === undefined ? program : loadManifests(io, { ...others, org: chosen });
  const names = manifests.map(({ org }) => org.name);
  const receipts = openReceipts(io, flags, names);
  const asked: Asked = { flags, program, receipts, copiedFrom: sourceOf(flags, program) };

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targetsOf(manifests), ({ manifest }, org) =>
      healOrg(run, org, manifest, asked),
    );
    if (flags.json && results.length > 0) {
      const orgs = results.map(({ healing: found }) => found);
      io.stdout.write(orgsJson(io, { format_version: HEAL_FORMAT_VERSION, orgs }));
    }
    return worst([...codes, ...results.map(({ code }) => code)]);
  });
}

interface Asked {
  readonly flags: HealFlags;
  readonly program: readonly Manifest[];
  readonly receipts: Receipts;
  /** Manifest id. */
  readonly copiedFrom: string | undefined;
}

/** @throws ClientAppsError for a name that is no org of the program. */
function sourceOf({ copiedFrom: name }: HealFlags, program: readonly Manifest[]): string | undefined {
  if (name === undefined) return undefined;
  const source = program.find(({ org }) => org.name === name);
  const known = program.map(({ org }) => org.name);
  if (!source) throw invalidInput(unknownOrg('--copied-from', name, known));
  return source.id;
}

async function healOrg(run: Run, org: Org, manifest: Manifest, asked: Asked): Promise<Healed> {
  const { io, interrupts } = run;
  const { flags, program, receipts, copiedFrom } = asked;
  const { dryRun = false } = flags;
  const orgId = await sandboxId(org, manifest, interrupts.signal);
  const kept = receiptOf(manifest, receipts);
  const former = leaveFormerJournal(io, flags, { manifest, orgId, dryRun });
  // A program is applied in one way: a receipt of any of its orgs says that it is this one.
  const byCli = manifest.org.engine === 'null' || program.some((each) => receiptOf(each, receipts) !== undefined);
  const appliedBy = flags.appliedBy ?? (kept || byCli ? 'cli' : 'terraform');
  const consents = consentsFor([manifest], flags).get(manifest.org.name);
  const memory = { receipts, journals: former.journals };
  const input: Omit<HealInput, keyof Parameters<Parameters<typeof planWithMemory>[3]>[0]> = {
    others: program.filter(({ id }) => id !== manifest.id),
    program: program.map((each) => orgOfProgram(each, receipts)),
    remembered: { ...(kept && { receipt: kept.org_id }), ...(former.orgId !== undefined && { journal: former.orgId }) },
    allowWidening: flags.allow === 'widens',
    appliedBy,
    ...(copiedFrom !== undefined && { copiedFrom }),
  };
  const planning = { manifest, org, consents, wait: !dryRun };
  const planned = await planWithMemory(run, memory, planning, (given) => planHeal({ ...given, ...input }));

  const isOfFormer = kept !== undefined && !sameId(kept.org_id, orgId);
  const due = hasChanges(planned.plan) || planned.left !== undefined || isOfFormer;
  let receipt: OrgReceipt | undefined;
  if (due && !dryRun && appliedBy === 'cli') {
    const { repairs, approval } = planned;
    await executePlan(run, planned, org, {
      ...{ ...memory, flags, approval, repairs, renews: isOfFormer, onRefusal: 'drop' as const },
      onReceipt: (happened) => (receipt = happened),
    });
  }
  const found = healing(planned, {
    ...{ dryRun, appliedBy, notes: former.notes },
    ...(receipt && { receipt }),
    ...(kept && { former: kept }),
  });
  const shown = withPlaces(found, manifest);
  const people = flags.json ? io.stderr : io.stdout;
  people.write(healText(shown, renderOptions(people, io.environment)));
  return { healing: shown, code: worst([codeOf(found), ...(receipt ? [receiptCode(receipt, interrupts)] : [])]) };
}

/** The id of the org, which is a sandbox for certain. @throws ClientAppsError where it is not, or is not known to be. */
async function sandboxId(org: Org, { org: declared }: Manifest, signal: AbortSignal): Promise<string> {
  const { orgId, isSandbox } = await org.identify({ user: false, signal });
  if (isSandbox !== true) {
    const found = isSandbox === false ? 'Organization.IsSandbox is false' : 'whether it is a sandbox could not be read';
    throw new ClientAppsError('REFUSED', [diagnose('heal-not-a-sandbox', { path: declared.path }, { found })]);
  }
  const { org_id: expected } = declared;
  if (expected === undefined || sameId(expected, orgId)) return orgId;
  const at = { path: declared.path, field: 'orgId' };
  throw new ClientAppsError('REFUSED', [diagnose('heal-org-id-pinned', at, { expected, found: orgId })]);
}

/** The receipt, where it is one of this manifest: a file that --receipt names serves one. */
function receiptOf(manifest: Manifest, receipts: Receipts): OrgReceipt | undefined {
  const receipt = receipts.read(manifest);
  return receipt?.manifest_id === manifest.id ? receipt : undefined;
}

function orgOfProgram(manifest: Manifest, receipts: Receipts): OrgOfProgram {
  const orgId = manifest.org.org_id ?? receiptOf(manifest, receipts)?.org_id;
  return { name: manifest.org.name, manifestId: manifest.id, ...(orgId !== undefined && { orgId }) };
}

const withPlaces = (found: OrgHealing, manifest: Manifest): OrgHealing => ({
  ...found,
  left: located(found.left, manifest),
  apps: found.apps.map((app) => ({ ...app, left: located(app.left, manifest) })),
});

/** Something that a person has to do, or that a dry run only shows, is a difference; what failed, the receipt tells. */
function codeOf({ apps, items, left }: OrgHealing): ExitCode {
  const open = left.length > 0 || apps.some((app) => app.outcome === 'left' || app.left.length > 0);
  const due = [...apps, ...items].some(({ outcome }) => outcome === 'to-heal' || outcome === 'not-healed');
  return open || due ? EXIT.changes : EXIT.ok;
}
