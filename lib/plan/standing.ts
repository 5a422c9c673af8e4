import type { Diagnostic, DiagnosticCode } from '../values/diagnostic';
import { itemsOf } from './items';
import type { AppPlan, OrgPlan } from './plan';

/**
 * What a plan knows of each app, and what it does not. Every sentence that says "in sync" or "no changes" is made from
 * this, so that none says it of an app that was left out, is stopped, or could not be compared.
 */
export interface Standing {
  /** Declared, compared, and in every field as declared. */
  readonly asDeclared: readonly AppPlan[];
  /** As declared in what was compared; whether they have a certificate is not known (D5). */
  readonly inPart: readonly AppPlan[];
  /** As declared but for fields that Salesforce forces to another value (D7). */
  readonly overruled: readonly AppPlan[];
  /** In the org with other values than declared. */
  readonly differing: readonly AppPlan[];
  /** Declared, and the org has no app of that name; creating it may be blocked. */
  readonly missing: readonly AppPlan[];
  /** Switched off in the org, whatever else they have. */
  readonly stopped: readonly AppPlan[];
  /** No longer declared, yet in the org with our ownership line. */
  readonly removed: readonly AppPlan[];
  /** An error keeps it from being known how they stand. */
  readonly unknown: readonly AppPlan[];
  /** Left out of this run by --except or --target, and not compared. */
  readonly leftAlone: readonly AppPlan[];
  /** Fields of the compared apps that the org does not return, as `App: Type.field`. */
  readonly unreadable: readonly string[];
  /** Paths of the compared apps of which it is not known whether they have a certificate (D5). */
  readonly certificateUnknown: readonly string[];
  /** Fields that Salesforce forces to another value than the declared one (D7), as `path: field`. */
  readonly forced: readonly string[];
}

export function standingOf(org: OrgPlan): Standing {
  const groups: Record<Group, AppPlan[]> = {
    asDeclared: [],
    inPart: [],
    overruled: [],
    differing: [],
    missing: [],
    stopped: [],
    removed: [],
    unknown: [],
    leftAlone: [],
  };
  for (const app of org.apps) groups[groupOf(org, app)].push(app);
  return {
    ...groups,
    unreadable: org.apps
      .filter((app) => app.missing !== true && !isExcepted(org, app))
      .flatMap(({ api_name: name, unreadable }) => unreadable.map((field) => `${name}: ${field}`)),
    certificateUnknown: said(org, 'certificate-unknown').map(({ path }) => path),
    forced: said(org, 'server-wins').map(({ path, field }) => `${path}: ${field ?? ''}`),
  };
}

type Group = Exclude<keyof Standing, 'unreadable' | 'certificateUnknown' | 'forced'>;

function groupOf(org: OrgPlan, app: AppPlan): Group {
  if (app.action === 'orphaned' || app.action === 'delete') return 'removed';
  if (isExcepted(org, app)) return 'leftAlone';
  if (app.action === 'create' || app.missing) return 'missing';
  if (app.stopped) return 'stopped';
  if (app.changes.length > 0) return 'differing';
  if (app.action === 'blocked') return 'unknown';
  if (forcedFields(org, app) > 0) return 'overruled';
  return said(org, 'certificate-unknown').some(({ path }) => path === app.path) ? 'inPart' : 'asDeclared';
}

const said = (org: OrgPlan, code: DiagnosticCode): readonly Diagnostic[] =>
  org.diagnostics.filter((diagnostic) => diagnostic.code === code);

/** How many fields of an app Salesforce forces to another value than the declared one (D7). */
export const forcedFields = (org: OrgPlan, app: AppPlan): number =>
  said(org, 'server-wins').filter(({ path }) => path === app.path).length;

/** True for an app that this run leaves alone, whatever the code says. */
const isExcepted = (org: OrgPlan, app: AppPlan): boolean => org.consents.except.includes(app.api_name);

/**
 * True where nothing that was compared is otherwise than declared, and no deploy of ours is about to change it. What was
 * not compared, the standing says.
 */
export function isInSync(org: OrgPlan): boolean {
  const { differing, missing, stopped, removed, unknown, forced } = standingOf(org);
  const apps = [differing, missing, stopped, removed, unknown, forced].every((group) => group.length === 0);
  const settled = said(org, 'deploy-running').length === 0;
  return settled && apps && itemsOf(org).every(({ action }) => action === 'none');
}
