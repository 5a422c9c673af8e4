import type { Manifest } from '../metadata/manifest';
import { type PlanDraft } from '../plan/draft-plan';
import { NO_WORK } from '../plan/phases';
import type { OrgPlan } from '../plan/plan';
import { type Approval, notReviewed } from '../plan/unreviewed';
import { ClientAppsError, type Diagnostic, isError } from '../values/diagnostic';
import { draftFrom, type PlanInput } from './plan-org';
import type { OrgReading } from './read-org';

/** The part of a plan that can be carried out without a person, and why the rest is left out. */
export interface Settled {
  readonly draft: PlanDraft;
  /** By construct path of the app or record; what concerns settings by the path of the org. */
  readonly left: ReadonlyMap<string, readonly Diagnostic[]>;
}

/**
 * Leaves out what a guard blocks and what widens without a review, app by app, until nothing of it remains: an app may
 * need a setting that was left out before. Every round leaves something out, so it ends.
 * @throws ClientAppsError REFUSED for what concerns the org as a whole.
 */
export function settle(given: Omit<PlanInput, 'org'>, reading: OrgReading, approval: Approval): Settled {
  const left = new Map<string, readonly Diagnostic[]>();
  let { manifest, consents } = given;
  for (;;) {
    const draft = draftFrom({ ...given, manifest, consents }, reading);
    if (draft.work === NO_WORK) throw new ClientAppsError('REFUSED', draft.plan.diagnostics.filter(isError));
    const open = [...blocked(draft), ...notReviewed(draft.plan, approval).map((found) => partOf(draft.plan, found))];
    if (open.length === 0) return { draft, left };
    for (const { path, found } of open) left.set(path, [...(left.get(path) ?? []), found]);
    const apps = open.flatMap(({ app }) => (app === undefined ? [] : [app]));
    consents = { ...consents, except: [...new Set([...consents.except, ...apps])] };
    manifest = open.reduce(without, manifest);
  }
}

/** Something that is left out: an app by its name, or one record or setting. */
interface Open {
  readonly path: string;
  readonly found: Diagnostic;
  readonly app?: string;
  readonly item?: { readonly type: string; readonly name?: string; readonly field?: string };
}

function blocked({ work }: PlanDraft): readonly Open[] {
  const apps = work.apps.flatMap(({ plan, diagnostics }) =>
    diagnostics.filter(isError).map((found): Open => ({ path: plan.path, found, app: plan.api_name })),
  );
  const items = work.items.flatMap(({ plan, diagnostics }) =>
    diagnostics.filter(isError).map((found): Open => ({
      path: plan.path,
      found,
      item: { type: plan.type, ...(plan.kind === 'record' && { name: plan.full_name }) },
    })),
  );
  return [...apps, ...items];
}

/** What an unreviewed change belongs to. Of org settings the one field is left out, and the rest is repaired. */
function partOf({ apps, records }: OrgPlan, found: Diagnostic): Open {
  const { path, field = '' } = found;
  const app = apps.find((each) => each.path === path);
  if (app) return { path, found, app: app.api_name };
  const record = records.find((each) => each.path === path);
  if (record) return { path, found, item: { type: record.type, name: record.full_name } };
  const [type = '', name = ''] = field.split('.');
  return { path, found, item: { type, field: name } };
}

function without(manifest: Manifest, { item }: Open): Manifest {
  if (!item) return manifest;
  const { type, name, field } = item;
  if (name !== undefined) {
    const records = manifest.records?.filter(
      (record) => record.type !== type || record.name.toLowerCase() !== name.toLowerCase(),
    );
    return { ...manifest, ...(records && { records }) };
  }
  const settings = manifest.settings.flatMap((each) => {
    if (each.type !== type) return [each];
    if (field === undefined) return [];
    const fields = Object.entries(each.fields).filter(([known]) => known !== field);
    return [{ ...each, fields: Object.fromEntries(fields) }];
  });
  return { ...manifest, settings };
}
