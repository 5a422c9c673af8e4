import type { Component } from '../metadata/component';
import type { ManifestApp, ManifestComponent } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';
import { liveApp, liveText } from '../metadata/live-app';
import { presentComponent, textField } from '../metadata/observe';
import { isError, type Diagnostic } from '../values/diagnostic';
import { diffComponent, type ComponentDiff } from './diff';
import { worstEffect } from './effect';
import { guardApp } from './guards/guard-app';
import type { AppAction, AppPlan, FieldChange, KeptField } from './plan';
import type { Situation } from './situation';

const HEADER = 'ExternalClientApplication';
const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const POLICIES = 'ExtlClntAppConfigurablePolicies';

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
  const readable = live === undefined || live.condition === 'present';
  const stopped = isStopped(live) && !consents.re_enable.includes(app.api_name);
  const packaged = live !== undefined && (textField(live, HEADER, 'distributionState') ?? 'Local') !== 'Local';
  const diffs = readable
    ? app.components.map((component) => {
        const present = presentComponent(live, component.type);
        const dropsCertificate =
          app.certificate === undefined && consents.allow_certificate_removal.includes(app.api_name);
        const declared = manageable(component, { stopped, packaged, dropsCertificate });
        return complete(
          app,
          diffComponent(declared, present, manifest.org.api_version, present?.fullName ?? component.name),
          component.type,
        );
      })
    : [];
  const forced = forceCertificate(app, live, diffs, situation);
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
      kept: [...forced.flatMap((diff) => diff.kept), ...otherPlugins(live)],
      unreadable: forced.flatMap((diff) => diff.unreadable),
      names: Object.fromEntries(forced.map((diff) => [diff.merged.type, diff.merged.fullName])),
      controls: [],
      effect: excepted ? 'neutral' : worstEffect(changes.map((change) => change.effect)),
    },
    writes: acts ? forced.filter((diff) => diff.changes.length > 0).map((diff) => diff.merged) : [],
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

const leftAlone = (app: ManifestApp): Diagnostic => ({
  code: 'app-excepted',
  severity: 'note',
  path: app.path,
  problem: `${app.api_name} is left alone in this run`,
  remedy: 'drop --except to include it again',
});

/** An admin's emergency stop: the whole app off, or its OAuth part (D12). */
export function isStopped(live: ObservedApp | undefined): boolean {
  const fields = presentComponent(live, POLICIES)?.fields;
  return fields?.['isEnabled'] === false || fields?.['isOauthPluginEnabled'] === false;
}

/** Fields that this run must not decide: the switches of a stopped app, the distribution of a packaged one. */
function manageable(
  component: ManifestComponent,
  run: { readonly stopped: boolean; readonly packaged: boolean; readonly dropsCertificate: boolean },
): ManifestComponent {
  const { stopped, packaged, dropsCertificate } = run;
  const nothing = { value: [], ownership: 'default' } as const;
  // A Connected App gives its certificate back, so leaving it out would keep it.
  if (dropsCertificate && component.type === 'ConnectedApp') {
    const none = { certificateFingerprint: nothing, 'oauthConfig.certificate': nothing };
    return { ...component, fields: { ...component.fields, ...none } };
  }
  if (dropsCertificate && component.type === HEADER) {
    return { ...component, fields: { ...component.fields, certificateFingerprint: nothing } };
  }
  const dropped = new Set<string>();
  if (stopped && component.type === POLICIES)
    ['isEnabled', 'isOauthPluginEnabled'].forEach((name) => dropped.add(name));
  if (packaged && component.type === HEADER) dropped.add('distributionState');
  if (dropped.size === 0) return component;
  const fields = Object.fromEntries(Object.entries(component.fields).filter(([name]) => !dropped.has(name)));
  return { ...component, fields };
}

/** Satellites name their app. */
function complete(app: ManifestApp, diff: ComponentDiff, type: string): ComponentDiff {
  if (type === HEADER || app.platform === 'connected-app') return diff;
  const fields = { ...diff.merged.fields, externalClientApplication: app.api_name };
  return { ...diff, merged: { ...diff.merged, fields } };
}

/**
 * A certificate the org does not return is compared by the fingerprint in the ownership line. Where that differs, or
 * where asked, the consumer record is written although none of its readable fields differs (D5).
 */
function forceCertificate(
  app: ManifestApp,
  live: ObservedApp | undefined,
  diffs: readonly ComponentDiff[],
  { consents }: Situation,
): readonly ComponentDiff[] {
  const declared = app.components.find(({ type }) => type === CONSUMER)?.fields['certificate'];
  const consumer = diffs.find(({ merged }) => merged.type === CONSUMER);
  if (live === undefined || !declared || !consumer?.unreadable.includes(`${CONSUMER}.certificate`)) return diffs;
  const onRecord = textField(live, HEADER, 'certificateFingerprint');
  const same = onRecord === app.certificate?.fingerprint;
  if (same && !consents.resend_certificates) return diffs;
  const change: FieldChange = {
    type: CONSUMER,
    full_name: consumer.merged.fullName,
    field: 'certificate',
    title: 'Use digital signatures: certificate',
    before: { state: 'unreadable' },
    after: { state: 'value', value: declared.value },
    ownership: declared.ownership,
    effect: same ? 'neutral' : 'widens',
    impact: same
      ? { level: 'none' }
      : { level: 'breaks', who: 'clients that sign with the key of the previous certificate' },
  };
  return diffs.map((diff) => (diff === consumer ? { ...diff, changes: [...diff.changes, change] } : diff));
}
