import { liveText } from '../metadata/live-app';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { recordReferences, type ReferencesReading, referringTo } from '../metadata/references';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { judged } from './guards/self-lockout';
import { isOwnApp } from './own-login';
import type { Situation } from './situation';

/** What no reading of metadata shows. */
const NEVER_READ = 'Apex, flows and the clients themselves';

/** What is read for a deletion only. */
export const OTHERS = 'custom permissions, notification types, user provisioning, authentication providers';

/** What is known about other metadata that names an app which is to be deleted. */
export interface Referred {
  /** `custom permission Invoices`. */
  readonly by: readonly string[];
  /** What the reading covered and what not, as a sentence without a full stop. */
  readonly covered: string;
}

/**
 * The metadata that names the app, as far as it was read. Salesforce may refuse to delete an app that other metadata names,
 * or leave a dead reference.
 */
export function referred(app: ObservedApp, observed: ObservedOrg, reading: ReferencesReading | undefined): Referred {
  const records = recordReferences(observed);
  const named = { ...app, consumerKey: liveText(app, 'consumerKey') };
  const by = referringTo(named, [...records.found, ...(reading?.found ?? [])]);
  const unread = [...(reading?.unread ?? [OTHERS]), ...records.unread];
  return { by, covered: coverage(by.length === 0 && reading !== undefined, unread) };
}

/** What a reading of references covered, as a sentence without a full stop. */
export const coverage = (foundNone: boolean, unread: readonly string[]): string =>
  `${foundNone ? 'No metadata that was read names it. ' : ''}Not evaluated: ${[...unread, NEVER_READ].join('; ')}`;

/** Why an app that other metadata names is not deleted. */
export const referenced = (app: string, by: readonly string[], path: string): Diagnostic =>
  diagnose('deletion-referenced', { path, value: by.join(', ') }, { app });

/** The app behind this very connection: without it the next run has no login. */
export function ownLogin(
  app: ObservedApp,
  situation: Pick<Situation, 'identity' | 'consents' | 'facts'>,
  path: string,
): readonly Diagnostic[] {
  if (!isOwnApp(app, situation.identity)) return [];
  const gone = { state: 'refused', setting: 'consumerKey', why: 'the app is deleted', fix: '' } as const;
  return judged([gone], { name: app.apiName, path }, situation);
}
