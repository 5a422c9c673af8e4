import type { Component } from '../metadata/component';
import { isLockedOut, LOCK_OUT_FIELDS } from '../metadata/connected-app/lock-out';
import { liveApp, liveText, liveValue } from '../metadata/live-app';
import type { ManifestApp, ManifestComponent } from '../metadata/manifest';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp } from '../metadata/observed';
import { withoutTokenFormat } from '../metadata/token-format';
import { fieldsOf } from '../options/settings';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isError } from '../values/diagnostic';
import { CONNECTED_APP, HEADER } from '../values/metadata-types';
import { withRecord, withRemoval, withUnreadCertificate } from './certificate';
import { type ComponentDiff, diffComponent } from './diff';
import { worstEffect } from './effect';
import { guardApp } from './guards/guard-app';
import type { AppAction, AppPlan, KeptField } from './plan';
import type { Situation } from './situation';
import { keepsJwtFormat } from './token-format';

/** The plan of one app, and the complete records that would carry it out. */
export interface AppDraft {
  readonly plan: AppPlan;
  readonly writes: readonly Component[];
  readonly diagnostics: readonly Diagnostic[];
  /** True where Salesforce keeps the app for a package, so that its ids travel with every write (D3). */
  readonly packaged: boolean;
}

/** Compares one declared app with the org and lets the guards judge what would change. */
export function planApp(app: ManifestApp, situation: Situation): AppDraft {
  const { manifest, observed, consents } = situation;
  const live = liveApp(observed, app);
  const rebuilt = live?.condition === 'broken' && situation.rebuilds?.has(app.api_name) === true;
  const readable = live === undefined || live.condition === 'present' || rebuilt;
  const stopped = isStopped(live) && !consents.re_enable.includes(app.api_name);
  const packaged = live !== undefined && (liveText(live, 'distributionState') ?? 'Local') !== 'Local';
  const certificate = { app, live, consents };
  const keepsJwt = keepsJwtFormat(app, live);
  const diffs = readable
    ? app.components.map((component) => {
        const present = presentComponent(live, component.type);
        const managed = withRemoval(manageable(component, { stopped, packaged }), certificate);
        const declared = keepsJwt ? { ...managed, fields: withoutTokenFormat(managed.fields) } : managed;
        const fullName = present?.fullName ?? component.name;
        const { api_version: version } = manifest.org;
        const diff = diffComponent(declared, present, version, fullName, situation.checkFacts);
        return withRecord(complete(app, diff, component.type), certificate);
      })
    : [];
  const forced = withUnreadCertificate(diffs, certificate);
  const changes = forced.flatMap((diff) => diff.changes);
  const guards = guardApp({ app, live, diffs: forced, stopped, situation });
  const excepted = consents.except.includes(app.api_name);
  const action = actionFor({ live, excepted, blocked: guards.some(isError), changes: changes.length });
  const acts = action === 'create' || action === 'update';
  return {
    plan: {
      api_name: app.api_name,
      path: app.path,
      kind: app.kind,
      label: app.label,
      action,
      adopts: acts && live !== undefined && liveText(live, 'managedBy') === undefined,
      stopped,
      ...(live === undefined && { missing: true as const }),
      changes: excepted ? [] : changes,
      ...(action === 'update' && { unchanged: forced.reduce((sum, diff) => sum + diff.unchanged, 0) }),
      kept: [...forced.flatMap((diff) => diff.kept), ...otherPlugins(live)],
      unreadable: forced.flatMap((diff) => diff.unreadable),
      names: Object.fromEntries(forced.map((diff) => [diff.merged.type, diff.merged.fullName])),
      controls: [],
      effect: excepted ? 'neutral' : worstEffect(changes.map((change) => change.effect)),
    },
    // A consumer comes into being only together with the records around it.
    writes: acts ? forced.filter((diff) => rebuilt || diff.changes.length > 0).map((diff) => diff.merged) : [],
    diagnostics: excepted ? [leftAlone(app)] : guards,
    packaged,
  };
}

/** Components of plugins outside the model: present in the org, and no write touches them. */
const otherPlugins = (live: ObservedApp | undefined): readonly KeptField[] =>
  live?.platform !== 'external-client-app'
    ? []
    : live.otherComponents.map((component) => {
        const cut = component.indexOf(':');
        const value = { state: 'value', value: 'kept as it is' } as const;
        return { type: component.slice(0, cut), field: component.slice(cut + 1), title: 'Another plugin', value };
      });

function actionFor(input: {
  readonly live: ObservedApp | undefined;
  readonly excepted: boolean;
  readonly blocked: boolean;
  readonly changes: number;
}): AppAction {
  if (input.excepted) return 'none';
  if (input.blocked) return 'blocked';
  if (!input.live) return 'create';
  return input.changes > 0 ? 'update' : 'none';
}

const leftAlone = (app: ManifestApp): Diagnostic => diagnose('app-excepted', { path: app.path }, { app: app.api_name });

const SWITCHES = ['appEnabled', 'oauthEnabled'] as const;

/** An emergency stop: the whole app off, its OAuth part, or a Connected App that is locked out (D12). */
function isStopped(live: ObservedApp | undefined): boolean {
  if (isLockedOut(presentComponent(live, CONNECTED_APP))) return true;
  return SWITCHES.some((name) => liveValue(live, name) === false);
}

/** Fields that this run must not decide: the switches of a stopped app, the distribution of a packaged one. */
function manageable(
  component: ManifestComponent,
  { stopped, packaged }: { readonly stopped: boolean; readonly packaged: boolean },
): ManifestComponent {
  const dropped = new Set([
    ...(stopped ? [...fieldsOf(...SWITCHES), ...LOCK_OUT_FIELDS] : []),
    ...(packaged ? fieldsOf('distributionState') : []),
  ]);
  const fields = Object.fromEntries(Object.entries(component.fields).filter(([name]) => !dropped.has(name)));
  return { ...component, fields };
}

/** Satellites name their app. */
function complete(app: ManifestApp, diff: ComponentDiff, type: string): ComponentDiff {
  if (type === HEADER || app.platform === 'connected-app') return diff;
  const fields = { ...diff.merged.fields, externalClientApplication: app.api_name };
  return { ...diff, merged: { ...diff.merged, fields } };
}
