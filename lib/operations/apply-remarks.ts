import { liveApp, liveText } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import type { OrgError } from '../org/org-error';
import type { Phase } from '../plan/phases';
import type { FieldChange } from '../plan/plan';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { OrgReading } from './read-org';

export const stoppedBefore = (path: string, left: readonly Phase[]): Diagnostic =>
  diagnose('stopped-on-request/phases', { path }, { phases: left.map(({ plan: { title } }) => title).join('; ') });

/** Settings that are open, or may be, although nothing says whether the apps they were opened for exist. */
export const openingStays = (path: string, { plan: { settings, records } }: Phase, sure: boolean): Diagnostic =>
  diagnose(sure ? 'opened-settings-stay' : 'opened-settings-stay/perhaps', {
    path,
    value: [...settings, ...records].join(', '),
  });

export const notReadBack = (path: string, { message, remedy }: OrgError): Diagnostic =>
  diagnose('not-read-back', { path }, { reason: message, remedy });

/** No answer came to a deploy, and the reading shows all of it. */
export const settledByReading = (path: string, phase: Phase): Diagnostic =>
  diagnose('settled-by-reading', { path }, { phase: phase.plan.title });

/** Salesforce accepted the deploy, and the reading afterward still finds the fields otherwise. */
export const stillDiffers = (path: string, changes: readonly FieldChange[]): readonly Diagnostic[] =>
  changes.map(({ type, full_name: fullName, field }) =>
    diagnose('read-back-differs', { path, field: `${type}.${field}` }, { name: fullName }),
  );

/** The same of a whole app, where one line says more than a hundred. */
export const nothingHappened = (path: string, app: string, deleted: boolean): Diagnostic =>
  diagnose(deleted ? 'read-back-differs/still-there' : 'read-back-differs/not-there', { path }, { app });

/** A consumer key never changes by an apply; where it did, every client has to know at once (D3). */
export function changedKeys(
  { apps }: Pick<Manifest, 'apps'>,
  before: OrgReading,
  after: OrgReading,
): readonly Diagnostic[] {
  return apps.flatMap((app) => {
    const { api_name: name, path } = app;
    const [old, now] = [before, after].map(({ observed }) => liveText(liveApp(observed, app), 'consumerKey'));
    if (old === undefined || now === undefined || old === now) return [];
    return [diagnose('consumer-key-changed', { path, value: `${old} → ${now}` }, { app: name })];
  });
}
