import { liveText } from '../../metadata/live-app';
import type { Manifest } from '../../metadata/manifest';
import type { ObservedApp } from '../../metadata/observed';
import { readOrg, type OrgReading } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { isOrgError } from '../../org/org-error';
import { preflight } from '../../org/preflight';
import { guardOrg } from '../../plan/guards/guard-org';
import { planApp, type AppDraft } from '../../plan/plan-app';
import { isError, type Diagnostic, type DiagnosticCode } from '../../values/diagnostic';
import { deployApps, type Prepared } from './deploy-apps';
import { conflicts } from './conflicts';
import { liveOf, nameOf, type AppOperation, type AppResult } from './operation';
import type { ProviderConfig } from './provider-config';
import { manifestOf, situationOf } from './situation';
import { moved, movedCertificate } from './stale';

export interface CarryingOut {
  readonly org: Org;
  readonly config: ProviderConfig;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Keys of the apps that this run of Terraform has written already. */
  readonly written: ReadonlySet<string>;
}

export interface CarriedOut {
  readonly results: readonly AppResult[];
  /** The org afterwards; undefined where it could not be read. */
  readonly reading: OrgReading | undefined;
}

/**
 * Reads the org, refuses what was not reviewed, deploys the rest in one go and reads back. An app that Salesforce
 * refuses does not fail the others: they are deployed again without it.
 */
export async function carryOut(operations: readonly AppOperation[], given: CarryingOut): Promise<CarriedOut> {
  const { org, config, today } = given;
  const apps = operations.flatMap((operation) => (operation.kind === 'write' ? [operation.app] : []));
  const manifest = manifestOf(config, apps);
  const before = await readOrg(org, manifest, {});
  const draft = drafting(operations, manifest, today);
  const conflicting = conflicts(operations, given.written);
  const prepared = operations.map((operation): Prepared => {
    const conflict = conflicting.get(operation);
    return conflict ? { kind: 'refused', diagnostics: [conflict] } : prepare(operation, before, config, draft);
  });
  const orgProblems = [...guardOrg(draft.situation(before)), ...preflight(before.facts, manifest.org.path)].filter(
    isError,
  );
  if (orgProblems.length > 0) {
    return { results: operations.map(() => ({ status: 'failed', diagnostics: orgProblems })), reading: before };
  }
  const outcomes = await deployApps(prepared, { org, manifest });
  // Only what was written is compared, so that nobody asks again for what the apps depend on.
  const { reading, problem } = await readBack(org, { ...manifest, apps: [] });
  const results = operations.map((operation, index): AppResult => {
    const diagnostics = outcomes[index];
    if (diagnostics) return { status: 'failed', diagnostics };
    const observed = reading && liveOf(reading, operation);
    return { status: 'done', observed, diagnostics: problem ?? remarks(operation, reading, before, draft) };
  });
  return { results, reading };
}

interface Drafting {
  readonly situation: (reading: OrgReading) => ReturnType<typeof situationOf>;
  readonly app: (operation: AppOperation & { kind: 'write' }, reading: OrgReading) => AppDraft;
}

function drafting(operations: readonly AppOperation[], manifest: Manifest, today: string): Drafting {
  const writes = operations.filter((operation) => operation.kind === 'write');
  const consents = {
    adopt: writes.filter(({ reviewed }) => reviewed !== undefined).map(nameOf),
    re_enable: writes.filter(({ reEnable }) => reEnable).map(nameOf),
    allow_certificate_removal: writes.filter((write) => write.allowCertificateRemoval).map(nameOf),
  };
  const situation = (reading: OrgReading) => ({
    ...situationOf(manifest, reading, today, consents),
    takesOver: takenOver(writes, reading),
  });
  return { situation, app: ({ app }, reading) => planApp(app, situation(reading)) };
}

/** Apps of another owner that the reviewed plan takes over: those that Terraform knows by their consumer keys. */
function takenOver(
  writes: readonly (AppOperation & { kind: 'write' })[],
  reading: OrgReading,
): ReadonlyMap<string, string> {
  return new Map(
    writes.flatMap((operation) => {
      const { known } = operation;
      if (known?.managedBy === undefined || known.consumerKey === undefined) return [];
      const key = liveText(liveOf(reading, operation), 'consumerKey');
      return key === known.consumerKey ? [[nameOf(operation), known.managedBy] as const] : [];
    }),
  );
}

function prepare(operation: AppOperation, reading: OrgReading, config: ProviderConfig, draft: Drafting): Prepared {
  const live = liveOf(reading, operation);
  if (operation.kind === 'delete') return prepareDelete(operation, live, config);
  const { app, reviewed } = operation;
  const planned = draft.app(operation, reading);
  const at = { severity: 'error', path: app.path } as const;
  const problems: Diagnostic[] = planned.diagnostics.filter(isError);
  if (reviewed === undefined && live && !operation.mayAdopt && problems.length === 0) {
    problems.push({
      ...at,
      code: 'app-exists',
      problem: `the org already has an app named ${app.api_name}`,
      remedy: `import it under this address: terraform import ADDRESS ${app.api_name}. In a replacement with create_before_destroy, take that out: an org has no two apps of one name`,
    });
  }
  if (reviewed !== undefined && !live) {
    problems.push({
      ...at,
      code: 'plan-stale',
      problem: `${app.api_name} was deleted in the org after the plan was made`,
      remedy: 'make a new plan: it creates the app anew, with another consumer key',
    });
  } else if (reviewed !== undefined) {
    problems.push(...moved(app.path, planned.plan.changes, reviewed));
    if (live) problems.push(...movedCertificate(operation, live, planned.plan.changes));
  }
  return problems.length > 0 ? { kind: 'refused', diagnostics: problems } : { kind: 'write', draft: planned };
}

/** Only the app that Terraform knows is deleted: not somebody else's, and not another one of the same name. */
function prepareDelete(
  operation: AppOperation & { kind: 'delete' },
  live: ObservedApp | undefined,
  config: ProviderConfig,
): Prepared {
  const { platform, apiName } = operation;
  if (!live) return { kind: 'delete', platform, apiName, gone: true };
  const refused = (code: DiagnosticCode, problem: string, remedy: string): Prepared => ({
    kind: 'refused',
    diagnostics: [{ code, severity: 'error', path: operation.path, problem, remedy }],
  });
  const owner = liveText(live, 'managedBy');
  if (owner !== undefined && owner !== config.managedBy) {
    return refused(
      'owned-by-another-manifest',
      `${apiName} is managed as code by ${owner}`,
      'take it out of this state with a removed block, and leave it to its owner',
    );
  }
  const key = liveText(live, 'consumerKey');
  if (operation.consumerKey !== undefined && key !== operation.consumerKey) {
    return refused(
      'another-app',
      `the app named ${apiName} in the org is not the one that Terraform knows: its consumer key is another`,
      'find out who replaced it; terraform state rm forgets the old one',
    );
  }
  return { kind: 'delete', platform, apiName, gone: false };
}

/** What the org keeps otherwise than asked for (D7), and a consumer key that is not the same any more (D3). */
function remarks(
  operation: AppOperation,
  reading: OrgReading | undefined,
  before: OrgReading,
  draft: Drafting,
): readonly Diagnostic[] {
  if (operation.kind === 'delete' || !reading) return [];
  const { plan, diagnostics } = draft.app(operation, reading);
  const { path, api_name: apiName } = operation.app;
  const differing = plan.changes.map(({ type, field }): Diagnostic => ({
    code: 'read-back-differs',
    severity: 'warning',
    path,
    field: `${type}.${field}`,
    problem: 'Salesforce accepted the deploy, yet the field does not have the planned value',
    remedy: 'plan again to see the value; if it stays so, the org forces it',
  }));
  const [old, now] = [before, reading].map((read) => liveText(liveOf(read, operation), 'consumerKey'));
  const replaced: Diagnostic = {
    code: 'consumer-key-changed',
    severity: 'warning',
    path,
    field: 'consumer_key',
    problem: `the consumer key of ${apiName} is another one than before this apply`,
    remedy: 'give the new key to every client of the app, and find out who replaced the app',
  };
  const forced = diagnostics.filter(({ code }) => code === 'server-wins');
  return [...differing, ...forced, ...(old !== undefined && old !== now ? [replaced] : [])];
}

async function readBack(
  org: Org,
  manifest: Manifest,
): Promise<{ readonly reading: OrgReading | undefined; readonly problem?: readonly Diagnostic[] }> {
  try {
    return { reading: await readOrg(org, manifest, {}) };
  } catch (error) {
    if (!isOrgError(error)) throw error;
    const problem: Diagnostic = {
      code: 'not-read-back',
      severity: 'warning',
      path: manifest.org.path,
      problem: `the deploy succeeded, but the org could not be read afterwards: ${error.message}`,
      remedy: `${error.remedy}; the next plan reads what is missing`,
    };
    return { reading: undefined, problem: [problem] };
  }
}
