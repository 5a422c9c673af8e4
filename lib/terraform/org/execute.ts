import { APP_TYPES, liveText } from '../../metadata/live-app';
import type { Manifest } from '../../metadata/manifest';
import type { ObservedApp } from '../../metadata/observed';
import { nothingHappened, stillDiffers } from '../../operations/apply-remarks';
import type { OrgReading } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { ownLogin } from '../../plan/deletion';
import { type DeletedApp, NO_WORK } from '../../plan/phases';
import { NO_CONSENTS } from '../../plan/plan';
import { type AppDraft, planApp } from '../../plan/plan-app';
import { diagnose } from '../../values/diagnose';
import { type Diagnostic, isError } from '../../values/diagnostic';
import { conflicts } from './conflicts';
import { consentsOf } from './consents';
import { executeBatch } from './execute-batch';
import { type AppOperation, type AppResult, liveOf, nameOf, pathOfOperation } from './operation';
import type { ProviderConfig } from './provider-config';
import { manifestOf, situationOf } from './situation';
import { moved, movedCertificate } from './stale';
import { notToDelete } from './whose-app';

export interface Execution {
  readonly org: Org;
  readonly config: ProviderConfig;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Keys of the apps that this run of Terraform has written already. */
  readonly written: ReadonlySet<string>;
  /** See {@link executeBatch}. */
  readonly recent?: OrgReading | undefined;
  readonly more?: boolean;
}

export interface Executed {
  readonly results: readonly AppResult[];
  /** The org afterward; undefined where it could not be read. */
  readonly reading: OrgReading | undefined;
}

/** Writes and deletes apps, all in one deploy. */
export async function execute(operations: readonly AppOperation[], given: Execution): Promise<Executed> {
  const { config, today } = given;
  const manifest = manifestOf(
    config,
    operations.flatMap((operation) => (operation.kind === 'write' ? [operation.app] : [])),
  );
  const drafts = drafting(operations, manifest, today);
  const conflicting = conflicts(operations, given.written);
  const { after, failed, remarks } = await executeBatch({ ...given, manifest }, (reading) => {
    const draft = drafts(reading);
    const prepared = operations.map((operation) => {
      const conflict = conflicting.get(operation);
      const work = conflict ? [conflict] : prepare(operation, reading, config, draft);
      return { path: pathOfOperation(operation), work };
    });
    return {
      work: {
        ...NO_WORK,
        apps: prepared.flatMap(({ work }) => ('plan' in work ? [work] : [])),
        deletes: prepared.flatMap(({ path, work }) => ('apiName' in work ? [{ ...work, path }] : [])),
      },
      refused: new Map(prepared.flatMap(({ path, work }) => (isProblems(work) ? [[path, work] as const] : []))),
    };
  });
  const draftAfter = after && drafts(after);
  const results = operations.map((operation): AppResult => {
    const path = pathOfOperation(operation);
    const problems = failed(path);
    if (problems) return { status: 'failed', diagnostics: problems };
    const observed = after && liveOf(after, operation);
    const deletes = operation.kind === 'delete';
    if (after && deletes === (observed !== undefined)) {
      return { status: 'failed', diagnostics: [nothingHappened(path, nameOf(operation), deletes)] };
    }
    const left = operation.kind === 'write' ? draftAfter?.(operation) : undefined;
    const differing = left ? stillDiffers(path, left.plan.changes) : [];
    const forced = left?.diagnostics.filter(({ code }) => code === 'server-wins') ?? [];
    return { status: 'done', observed, diagnostics: [...remarks(path), ...differing, ...forced] };
  });
  return { results, reading: after };
}

type Write = AppOperation & { readonly kind: 'write' };
type Drafting = (write: Write) => AppDraft;

/** Plans the writes, each from the same reading of the org. */
function drafting(
  operations: readonly AppOperation[],
  manifest: Manifest,
  today: string,
): (reading: OrgReading) => Drafting {
  const writes = operations.filter((operation) => operation.kind === 'write');
  const consents = consentsOf(
    writes.map((write) => ({
      apiName: nameOf(write),
      consents: [...write.consents, ...(write.reviewed === undefined ? [] : (['adopt'] as const))],
    })),
  );
  return (reading) => {
    const takesOver = takenOver(writes, reading);
    const situation = { ...situationOf(manifest, reading, today, consents), takesOver };
    return ({ app }) => planApp(app, situation);
  };
}

/** Apps of another owner that the reviewed plan takes over: those that Terraform knows by their consumer keys. */
function takenOver(writes: readonly Write[], reading: OrgReading): ReadonlyMap<string, string> {
  return new Map(
    writes.flatMap((operation) => {
      const { known } = operation;
      if (known?.managedBy === undefined || known.consumerKey === undefined) return [];
      const key = liveText(liveOf(reading, operation), 'consumerKey');
      return key === known.consumerKey ? [[nameOf(operation), known.managedBy] as const] : [];
    }),
  );
}

/** What is to be done, or why it is not: nothing where an app to be deleted is gone. */
type Prepared = AppDraft | Omit<DeletedApp, 'path'> | { readonly gone: true } | readonly Diagnostic[];

const isProblems = (prepared: Prepared): prepared is readonly Diagnostic[] => Array.isArray(prepared);

function prepare(operation: AppOperation, reading: OrgReading, config: ProviderConfig, draft: Drafting): Prepared {
  const live = liveOf(reading, operation);
  if (operation.kind === 'delete') return prepareDelete(operation, live, { config, reading });
  const { app, reviewed } = operation;
  const planned = draft(operation);
  const at = { severity: 'error', path: app.path } as const;
  const problems: Diagnostic[] = planned.diagnostics.filter(isError);
  if (reviewed === undefined && live && !operation.mayAdopt && problems.length === 0) {
    problems.push(diagnose('app-exists', at, { app: app.api_name }));
  }
  if (reviewed !== undefined && !live) {
    problems.push(diagnose('plan-stale/deleted', at, { app: app.api_name }));
  } else if (reviewed !== undefined) {
    problems.push(...moved(app.path, planned.plan.changes, reviewed));
    if (live) problems.push(...movedCertificate(operation, live, planned.plan.changes));
  }
  return problems.length > 0 ? problems : planned;
}

/** Only the app that Terraform knows is deleted: not someone else's, and not another one of the same name. */
function prepareDelete(
  operation: AppOperation & { kind: 'delete' },
  live: ObservedApp | undefined,
  { config, reading }: { readonly config: ProviderConfig; readonly reading: OrgReading },
): Prepared {
  const { platform, apiName } = operation;
  if (!live) return { gone: true };
  const refused = notToDelete(live, operation, config);
  if (refused) return [refused];
  const consents = { ...NO_CONSENTS, ...consentsOf([operation]) };
  const own = ownLogin(live, { ...reading, consents }, operation.path).filter(isError);
  return own.length > 0 ? own : { type: APP_TYPES[platform], apiName };
}
