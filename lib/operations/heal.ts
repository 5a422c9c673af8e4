import type { ClientKind } from '../declaration/client-app';
import { declaredList } from '../metadata/declared-setting';
import { liveApp, liveText } from '../metadata/live-app';
import type { Manifest, ManifestApp } from '../metadata/manifest';
import { presentComponent, textField } from '../metadata/observe';
import type { ObservedApp } from '../metadata/observed';
import type { AppPlan, OrgPlan } from '../plan/plan';
import type { Repairs } from '../plan/situation';
import type { Approval } from '../plan/unreviewed';
import { diagnose } from '../values/diagnose';
import type { Diagnostic, DiagnosticCode } from '../values/diagnostic';
import { CONSUMER, HEADER, OAUTH_SETTINGS } from '../values/metadata-types';
import { plural } from '../values/plural';
import { copiedApps, type OrgOfProgram, type Refreshed, refreshedSince, type Remembered } from './heal-refreshed';
import { settle, type Settled } from './heal-settle';
import { type MappedUsers, mapUsers } from './heal-users';
import { type PlanInput, readAndDraft } from './plan-org';
import type { OrgReading } from './read-org';
import { hasSecretToHandOver } from './receipt';

/** How the org has a declared app. `copied`: it came with the refresh, under the line of another org of the program. */
export type Found =
  'intact' | 'missing' | 'copied' | 'differs' | 'broken' | 'unreadable' | 'not-ours' | 'switched-off' | 'not-looked-at';

/** What repairs it. `rebuild`: all records of a broken app are written together. */
export type Repair = 'none' | 'create' | 'rebuild' | 'update';

/** What a declared app needs. */
export interface AppDiagnosis {
  readonly api_name: string;
  readonly path: string;
  readonly kind: ClientKind;
  readonly found: Found;
  readonly because: readonly string[];
  readonly repair: Repair;
  /** Before the repair, where the org tells it. */
  readonly consumer_key?: string;
  /** Its clients have a secret to get. */
  readonly has_secret: boolean;
  /** What heal cannot do, each with the fix. */
  readonly left: readonly Diagnostic[];
  /** What was not read, so that nothing is said about it. */
  readonly not_evaluated: readonly string[];
}

export interface HealInput extends PlanInput {
  /** The other orgs of the program. */
  readonly others: readonly Manifest[];
  /** Which orgs those are, and this one. */
  readonly program: readonly OrgOfProgram[];
  readonly remembered: Remembered;
  /** Manifest id of the org that the sandbox is a copy of. Default: derived from what is known about the orgs. */
  readonly copiedFrom?: string;
  readonly allowWidening: boolean;
  /** Who applies the apps of this org; heal writes nothing that Terraform applies. */
  readonly appliedBy: 'cli' | 'terraform';
}

/** A plan of everything that can be repaired without a person, and the list of what cannot. */
export interface HealPlan {
  readonly plan: OrgPlan;
  readonly repairs: Repairs;
  readonly approval: Approval;
  readonly refreshed: Refreshed;
  readonly apps: readonly AppDiagnosis[];
  /** What concerns settings and records beside the apps, and takes a person. */
  readonly besides: readonly Diagnostic[];
  readonly not_evaluated: readonly string[];
}

/**
 * Finds out what a sandbox refresh broke, and plans the repairs: by the reading, the diff and the guards of every plan,
 * with what they refuse left out. Writes nothing, deletes nothing, and widens nothing that was not agreed to.
 * @throws as `planOrg`; ClientAppsError REFUSED for what concerns the org as a whole.
 */
export async function planHeal(input: HealInput): Promise<HealPlan> {
  const { org, signal, others } = input;
  const { reading: first } = await readAndDraft({ ...input, lookOnly: true }, `looking at ${input.manifest.org.name}`);
  const { orgId, instanceUrl } = first.identity;
  const users = await mapUsers({
    ...{ org, manifest: input.manifest, others, facts: first.facts, instanceUrl },
    ...(signal && { signal }),
  });
  const { manifest } = users;
  const looked = { manifest, orgId, observed: first.observed, program: input.program };
  const refreshed = refreshedSince(input.remembered, looked);
  const takesOver = copiedApps(looked, input.copiedFrom);
  const rebuilds = new Set(
    manifest.apps.filter((app) => canRebuild(liveApp(first.observed, app), manifest, takesOver)).map(nameOf),
  );
  // A line that was copied speaks of the certificate that the source has.
  const copied = refreshed.verdict === 'certain' || refreshed.verdict === 'likely';
  const consents = { ...input.consents, resend_certificates: input.consents.resend_certificates || copied };
  const approval: Approval = {
    allowWidening: input.allowWidening,
    opensLeftClosed: [...rebuilds].filter((name) => !presentComponent(first.observed.apps.get(name), CONSUMER)),
  };
  const given = { ...input, manifest, consents, takesOver, rebuilds };
  const { draft: whole, reading } = await readAndDraft(given);
  const settled = settle(given, reading, approval);
  const diagnosed = manifest.apps.map((app) =>
    diagnosis(app, { input, users, reading, whole: whole.plan, settled, takesOver, rebuilds }),
  );
  const { plan } = settled.draft;
  const paths = new Set(manifest.apps.map(({ path }) => path));
  return {
    plan,
    repairs: { takesOver, rebuilds },
    approval,
    refreshed,
    apps: input.appliedBy === 'terraform' ? diagnosed.map((app) => byTerraform(app, manifest)) : diagnosed,
    besides: [...settled.left].flatMap(([path, found]) => (paths.has(path) ? [] : found)),
    not_evaluated: [...reading.facts.unread, ...users.unread],
  };
}

const nameOf = ({ api_name: name }: ManifestApp): string => name;

/**
 * A local app of ours with its header, and without the consumer or the OAuth settings: Salesforce makes them of the three
 * records together. A consumer without a key, a packaged app and one without a header cannot be made whole by a deploy.
 */
function canRebuild(live: ObservedApp | undefined, { id }: Manifest, takesOver: ReadonlyMap<string, string>): boolean {
  if (live?.platform !== 'external-client-app' || live.condition !== 'broken') return false;
  const owner = liveText(live, 'managedBy');
  const isOurs = owner === id || (owner !== undefined && takesOver.get(live.apiName) === owner);
  const isLocal = (textField(live, HEADER, 'distributionState') ?? 'Local') === 'Local';
  const [consumer, settings] = [live.components[CONSUMER], live.components[OAUTH_SETTINGS]];
  const missing = consumer?.state === 'absent' || settings?.state === 'absent';
  const keyLost = consumer?.state === 'present' && consumer.component.fields['consumerKey'] === undefined;
  return isOurs && isLocal && missing && !keyLost && presentComponent(live, HEADER) !== undefined;
}

interface Known extends Repairs {
  readonly input: HealInput;
  readonly users: MappedUsers;
  readonly reading: OrgReading;
  /** The plan with everything in it. */
  readonly whole: OrgPlan;
  readonly settled: Settled;
}

function diagnosis(app: ManifestApp, known: Known): AppDiagnosis {
  const { input, users, reading, whole, settled } = known;
  const live = liveApp(reading.observed, app);
  const planned = whole.apps.find(({ path }) => path === app.path);
  const found = input.consents.except.includes(app.api_name) ? 'not-looked-at' : foundAs(app, live, planned, known);
  const action = settled.draft.plan.apps.find(({ path }) => path === app.path)?.action;
  const key = liveText(live, 'consumerKey');
  const here = whole.diagnostics.filter(({ path }) => path === app.path);
  return {
    api_name: app.api_name,
    path: app.path,
    kind: app.kind,
    found,
    because: because(found, live, planned),
    repair: action === 'create' ? 'create' : action === 'update' ? (found === 'broken' ? 'rebuild' : 'update') : 'none',
    ...(key !== undefined && { consumer_key: key }),
    has_secret: app.platform === 'external-client-app' && hasSecretToHandOver(app),
    left:
      found === 'not-looked-at'
        ? []
        : [
            ...(settled.left.get(app.path) ?? []).map((each) => explained(each, known)),
            ...users.mapped.filter(({ path }) => path === app.path),
            ...here.filter(({ code }) => FOR_A_PERSON.includes(code)),
            ...callbacksElsewhere(app, reading.identity.instanceUrl),
          ],
    not_evaluated: here.filter(({ code }) => NOT_EVALUATED.includes(code)).map(({ problem }) => problem),
  };
}

/** Warnings of the plan that someone has to act on before clients get in again. */
const FOR_A_PERSON: readonly DiagnosticCode[] = ['app-stopped', 'no-permitted-user'];
const NOT_EVALUATED: readonly DiagnosticCode[] = [
  ...(['certificate-unknown', 'run-as-unread', 'run-as-access-unread', 'execute-as-unread'] as const),
  ...(['permission-sets-unread', 'connected-apps-unread', 'self-lockout-unchecked'] as const),
];

function foundAs(app: ManifestApp, live: ObservedApp | undefined, planned: AppPlan | undefined, known: Known): Found {
  if (!live) return 'missing';
  if (live.condition === 'unreadable') return 'unreadable';
  if (live.condition === 'broken') return 'broken';
  const owner = liveText(live, 'managedBy');
  if (owner !== known.whole.manifest.id) {
    return owner !== undefined && known.takesOver?.get(app.api_name) === owner ? 'copied' : 'not-ours';
  }
  if (planned?.stopped) return 'switched-off';
  return planned === undefined || planned.changes.length > 0 ? 'differs' : 'intact';
}

function because(found: Found, live: ObservedApp | undefined, planned: AppPlan | undefined): readonly string[] {
  const fields = planned?.changes.map(({ field }) => field) ?? [];
  const differing =
    fields.length === 0 ? [] : [`${plural(fields.length, 'field')} not as declared: ${fields.join(', ')}`];
  const owner = liveText(live, 'managedBy');
  switch (found) {
    case 'intact':
    case 'not-looked-at':
      return [];
    case 'missing':
      return ['the org has no app with this name'];
    case 'broken':
    case 'unreadable':
      return [live?.reason ?? 'no reason given'];
    case 'copied':
      return [`it has the ownership line of ${owner ?? ''}`, ...differing];
    case 'not-ours':
      return [owner === undefined ? 'it has no ownership line' : `it is managed as code by ${owner}`];
    case 'switched-off':
    case 'differs':
      return differing;
  }
}

/** A refusal, with what is known here besides. */
function explained(found: Diagnostic, { input, users, reading }: Known): Diagnostic {
  const { code, value = '' } = found;
  if (code === 'run-as-missing' || code === 'execute-as-missing') {
    const copies = users.candidates.get(value) ?? [];
    const words = copies.map(({ username, isActive }) => `${username}${isActive ? '' : ' (not active)'}`);
    return words.length === 0 ? found : { ...found, allowed: `copies of that user in this org: ${words.join(', ')}` };
  }
  const source = input.program.find(({ manifestId }) => manifestId === value);
  if (code === 'owned-by-another-manifest' && source?.orgId === undefined && source !== undefined) {
    const { name } = input.manifest.org;
    return {
      ...found,
      remedy: `if this sandbox is a copy of ${source.name}: client-apps heal ${name} --copied-from ${source.name}`,
    };
  }
  if (code === 'app-broken' && isPackaged(found, input, reading)) {
    return { ...found, remedy: 'reinstall its package: a deploy cannot give a packaged app a consumer' };
  }
  return found;
}

function isPackaged({ path }: Diagnostic, { manifest }: HealInput, { observed }: OrgReading): boolean {
  const app = manifest.apps.find((each) => each.path === path);
  return (textField(app && liveApp(observed, app), HEADER, 'distributionState') ?? 'Local') !== 'Local';
}

/** `acme--uat.sandbox.my.salesforce.com` and the like. */
const MY_DOMAIN = /\.(?:my\.salesforce|lightning\.force|my\.site|my\.salesforce-sites)\.com$/i;

function callbacksElsewhere(app: ManifestApp, instanceUrl: string): readonly Diagnostic[] {
  const { host } = new URL(instanceUrl);
  const own = host.split('.')[0];
  return (declaredList(app, 'callbackUrls') ?? []).flatMap((url) => {
    const other = URL.canParse(url) ? new URL(url).host : '';
    if (!MY_DOMAIN.test(other) || other.split('.')[0] === own) return [];
    return [diagnose('heal-callback-of-another-org', { path: app.path, field: 'callbackUrls' }, { url, host })];
  });
}

/** Terraform keeps what it knows of the app in its state, so that only Terraform may make it another one. */
function byTerraform(app: AppDiagnosis, { org, apps }: Manifest): AppDiagnosis {
  if (app.found === 'intact' || app.found === 'not-looked-at') return app;
  const platform = apps.find(({ path }) => path === app.path)?.platform;
  const type = platform === 'connected-app' ? 'salesforce_connected_app' : 'salesforce_external_client_app';
  const address = `${type}.${org.name}_${app.api_name}`;
  const facts = { app: app.api_name, found: [app.found.replaceAll('-', ' '), ...app.because].join('; ') };
  const shown =
    app.found === 'missing'
      ? diagnose('heal-by-terraform/missing', { path: app.path }, facts)
      : diagnose(
          app.found === 'copied' ? 'heal-by-terraform/copied' : 'heal-by-terraform',
          { path: app.path },
          { ...facts, address },
        );
  return { ...app, repair: 'none', left: [shown, ...app.left.filter(({ code }) => code !== 'widening-not-reviewed')] };
}
