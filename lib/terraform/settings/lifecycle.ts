import { canonicalJson } from '../../metadata/digest';
import { stillDiffers } from '../../operations/apply-remarks';
import type { OrgReading } from '../../operations/read-org';
import { concernsSelf } from '../../operations/read-own-user';
import { NO_WORK } from '../../plan/phases';
import { type ItemDraft, planItem } from '../../plan/plan-item';
import { impactText } from '../../reports/plan/words';
import { isError } from '../../values/diagnostic';
import type { Wish } from '../app/declare-app';
import { completeComponent, readComponent } from '../app/observe-fields';
import { planComponent } from '../app/plan-fields';
import { reviewedFields } from '../app/reviewed-fields';
import { executeBatch } from '../org/execute-batch';
import type { Session } from '../org/session';
import { manifestOf, situationOf } from '../org/situation';
import { moved } from '../org/stale';
import type { Answered, Planned, TerraformDiagnostic } from '../resource';
import { SETTINGS_COMPONENTS } from '../schema/component-attributes';
import { outcomeDiagnostics, toTerraform } from '../terraform-diagnostic';
import { Unknown, type Value, type Values } from '../wire/value';
import { declareSettings, SETTINGS_TYPE } from './declare-settings';

/** The settings as the org has them now. */
export async function readSettings(state: Values, session: Session): Promise<Answered> {
  const { observed, identity } = await session.reading();
  const { apiVersion } = session.config;
  const before = state['oauth_oidc'] === null ? undefined : state;
  const components = SETTINGS_COMPONENTS.map((component): [string, Value] => [
    component.name,
    readComponent(component, { observed: observed.settings[component.type.name], apiVersion }, before),
  ]);
  return { state: { id: identity.orgId, ...Object.fromEntries(components) }, diagnostics: [] };
}

/** What an apply will change; a setting that is not stated stays as the org has it. */
export async function planSettingsChange(
  prior: Values | undefined,
  config: Values | undefined,
  session: Session,
): Promise<Planned> {
  if (!config) return { state: null, diagnostics: [forgotten()] };
  const { apiVersion } = session.config;
  // There is nothing to create: the records exist, and a plan can show what they hold.
  const before = prior ?? (session.reachable ? await current(session) : undefined);
  const components = SETTINGS_COMPONENTS.map((component): [string, Value] => [
    component.name,
    planComponent(component, {
      config,
      prior: before,
      defaults: undefined,
      apiVersion,
      untouched: new Set(),
      unread: !session.reachable,
    }),
  ]);
  const state = { id: before?.['id'] ?? new Unknown(), ...Object.fromEntries(components) };
  const changed = prior === undefined || canonicalJson(prior) !== canonicalJson(state);
  if (!session.reachable) return { state, diagnostics: [] };
  const drafts = await draftsOf({ config, planned: state, prior }, session);
  session.expectSettings(drafts.flatMap(({ plan, merged }) => (plan.action === 'update' && merged ? [merged] : [])));
  const diagnostics = drafts.flatMap(({ diagnostics }) =>
    diagnostics.map((diagnostic) =>
      toTerraform(diagnostic, changed && diagnostic.severity === 'error' ? 'error' : 'warning'),
    ),
  );
  return { state, diagnostics: [...diagnostics, ...impact(drafts)] };
}

/** Writes the records that differ, in one deploy of their own (D6). */
export async function applySettingsChange(
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined; readonly config: Values },
  session: Session,
): Promise<Answered> {
  const { prior, planned, config } = change;
  if (!planned) return { state: null, diagnostics: [] };
  const { apiVersion } = session.config;
  return session.alone(async (org) => {
    const manifest = {
      ...manifestOf(session.config, []),
      settings: declareSettings({ config, planned, prior }, apiVersion),
    };
    const today = session.today();
    const draftsFrom = (reading: OrgReading): readonly ItemDraft[] => {
      const situation = situationOf(manifest, reading, today, {});
      return manifest.settings.map((component) => planItem(component, situation));
    };
    const reviewed = prior && reviewedFields(SETTINGS_COMPONENTS, prior, planned);
    const { path } = manifest.org;
    const done = await executeBatch({ org, manifest, today }, (before) => {
      const items = draftsFrom(before);
      const refused = items.flatMap(({ diagnostics, plan }) => [
        ...diagnostics.filter(isError),
        ...(reviewed ? moved(SETTINGS_TYPE, plan.changes, reviewed) : []),
      ]);
      if (refused.length > 0) return { work: NO_WORK, refused: new Map([[path, refused]]) };
      return { work: { ...NO_WORK, items }, refused: new Map() };
    });
    const problems = done.failed(path);
    if (problems) return { state: prior ?? null, diagnostics: problems.map((diagnostic) => toTerraform(diagnostic)) };
    const { before, after } = done;
    const components = SETTINGS_COMPONENTS.map((component): [string, Value] => {
      const seen = { observed: after?.observed.settings[component.type.name], apiVersion };
      return [component.name, completeComponent(component, planned[component.name] ?? null, seen)];
    });
    const differing = after ? draftsFrom(after).flatMap(({ plan }) => stillDiffers(SETTINGS_TYPE, plan.changes)) : [];
    return {
      state: { id: before.identity.orgId, ...Object.fromEntries(components) },
      diagnostics: outcomeDiagnostics([...done.remarks(path), ...differing], prior),
    };
  });
}

async function current(session: Session): Promise<Values> {
  const empty = { id: null, ...Object.fromEntries(SETTINGS_COMPONENTS.map(({ name }) => [name, null])) };
  const { state } = await readSettings(empty, session);
  return state as Values;
}

async function draftsOf(wish: Wish, session: Session): Promise<readonly ItemDraft[]> {
  const manifest = {
    ...manifestOf(session.config, []),
    settings: declareSettings(wish, session.config.apiVersion),
  };
  const read = await session.reading();
  const reading = concernsSelf(manifest, read) ? await session.knowingSelf(read) : read;
  const situation = situationOf(manifest, reading, session.today(), {});
  return manifest.settings.map((component) => planItem(component, situation));
}

/** Clients of any app that will feel the change, and what it opens. */
function impact(drafts: readonly ItemDraft[]): readonly TerraformDiagnostic[] {
  const changes = drafts.flatMap(({ plan }) => plan.changes);
  const felt = changes.filter(({ impact: { level } }) => level !== 'none');
  const opens = changes.filter(({ effect }) => effect === 'widens');
  const warning = (summary: string, lines: readonly string[]): TerraformDiagnostic[] =>
    lines.length === 0 ? [] : [{ severity: 'warning', summary, detail: lines.join('\n') }];
  return [
    ...warning(
      `${SETTINGS_TYPE}: clients will feel this change`,
      felt.map(({ title, impact }) => `${title}: ${impactText(impact) ?? ''}`),
    ),
    ...warning(
      `${SETTINGS_TYPE}: this change widens what every app may do`,
      opens.map(({ title }) => title),
    ),
  ];
}

const forgotten = (): TerraformDiagnostic => ({
  severity: 'warning',
  summary: `${SETTINGS_TYPE}: the org keeps its settings`,
  detail: 'Settings of an org cannot be deleted. Terraform forgets them, and the org keeps them as they are.',
});
