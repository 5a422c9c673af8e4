import type { Component, FieldValue } from '../metadata/component';
import { isLockedOut, LOCK_OUT_SET, lockOutOf } from '../metadata/connected-app/lock-out';
import { withPermissionSetNames } from '../metadata/connected-app/permission-set-names';
import { everyApp, liveText, sameNamed } from '../metadata/live-app';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import type { CallOptions, Org, OrgFacts } from '../org/org';
import { namespaceOf } from '../values/api-name';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { APP_POLICIES, CONNECTED_APP } from '../values/metadata-types';
import { nearest } from '../values/nearest';
import { readApps } from './read-org';

/** An app with a record in the org that one deploy can switch off and on. */
export interface StopTarget {
  readonly app: ObservedApp;
  /** The one record that a stop writes, as the org has it; one without fields where the org has none yet. */
  readonly record: Component;
  /** What a stop writes into it. Nothing where the app is off. */
  readonly wanted: Readonly<Record<string, FieldValue>>;
  /** A value that only a stop writes. */
  readonly mark: string;
  /** The org has a Connected App of that name, too, which is not touched. */
  readonly connectedAppBeside: boolean;
  readonly facts?: OrgFacts;
}

/**
 * The app of that API name, or the only one of that label.
 * @throws ClientAppsError REFUSED where there is none, or its record cannot be written whole; OrgError.
 */
export async function findStopTarget(
  org: Org,
  name: string,
  apiVersion: number,
  options: CallOptions,
): Promise<StopTarget> {
  const concerns = (found: ObservedApp): boolean => found.apiName === name || liveText(found, 'label') === name;
  const { observed: listed } = await readApps(org, apiVersion, options, { concerns });
  const app = appNamed(listed, name);
  const policies = app.components[APP_POLICIES];
  if (app.platform === 'external-client-app') {
    if (policies?.state === 'unreadable') throw refused(unreadable(app.apiName, policies.reason));
    const live = presentComponent(app, APP_POLICIES);
    return {
      app,
      record: live ?? { type: APP_POLICIES, fullName: `${app.apiName}_plcy`, fields: {} },
      wanted: live?.fields['isEnabled'] === false ? {} : { isEnabled: false },
      mark: '',
      connectedAppBeside: sameNamed(listed, app) !== undefined,
    };
  }
  const facts = await org.facts([], options);
  const labels = facts.permissionSetLabels;
  const observed = labels ? withPermissionSetNames(listed, labels).observed : listed;
  const record = recordOf(observed.connectedApps.get(app.apiName) ?? app);
  const wanted = isLockedOut(record) ? {} : lockOutOf(record);
  return { app, record, wanted, mark: LOCK_OUT_SET, connectedAppBeside: false, facts };
}

/** True where the org was read, and has no app of that name. */
export const isNoSuchApp = (error: unknown): boolean =>
  isClientAppsError(error) && error.diagnostics.every(({ code }) => code === 'no-such-app');

function appNamed(observed: ObservedOrg, name: string): ObservedApp {
  const all = everyApp(observed).filter(({ condition }) => condition !== 'absent');
  const named = observed.apps.get(name);
  const labeled = all.filter((app) => liveText(app, 'label') === name);
  const found = named?.condition === 'absent' ? undefined : (named ?? (labeled.length === 1 ? labeled[0] : undefined));
  if (found) return found;
  if (labeled.length > 1) {
    const allowed = labeled.map(({ apiName }) => apiName).join(', ');
    throw refused(diagnose('several-apps-to-stop', { path: name, allowed }, { app: name, count: labeled.length }));
  }
  if (observed.connectedAppsUnread !== undefined) {
    const reason = observed.connectedAppsUnread;
    throw refused(diagnose('stop-unread', { path: name }, { app: name, reason }));
  }
  const names = all.map(({ apiName }) => apiName);
  const place = { path: name, allowed: names.join(', '), meant: nearest(name, names) };
  throw refused(diagnose('no-such-app', place, { app: name }));
}

/** The whole record of a Connected App, which a deploy replaces. */
function recordOf(app: ObservedApp): Component {
  const { apiName } = app;
  const namespace = namespaceOf(apiName);
  if (namespace !== undefined) {
    throw refused(diagnose('stop-package-app', { path: apiName }, { app: apiName, package: namespace }));
  }
  const record = presentComponent(app, CONNECTED_APP);
  if (!record) throw refused(unreadable(apiName, app.reason ?? 'no reason given'));
  if (!Object.keys(record.fields).some((field) => field.startsWith('oauthConfig.'))) {
    throw refused(diagnose('stop-without-oauth', { path: apiName }, { app: apiName }));
  }
  return record;
}

const unreadable = (app: string, reason: string): Diagnostic =>
  diagnose('stop-unreadable', { path: app }, { app, reason });

const refused = (diagnostic: Diagnostic): ClientAppsError => new ClientAppsError('REFUSED', [diagnostic]);
