import { SETTINGS } from '../../options/settings';
import { CONNECTED_APP } from '../../values/metadata-types';
import type { Component } from '../component';
import type { ObservedApp, ObservedOrg } from '../observed';

const { ca: FIELD } = SETTINGS.permissionSets;

/** What a Connected App lists and no one can tell the permission set of. */
export interface UnclearPermissionSet {
  readonly app: string;
  readonly text: string;
  /** The sets that it may be; none where the org has no set of this label. */
  readonly candidates: readonly string[];
}

/**
 * The org with the API names of permission sets in its Connected Apps, which come back with the labels instead. A label
 * that is of no set, or of several, stays as it is and is told.
 * @param labels API names by label.
 */
export function withPermissionSetNames(
  observed: ObservedOrg,
  labels: ReadonlyMap<string, readonly string[]>,
): { readonly observed: ObservedOrg; readonly unclear: readonly UnclearPermissionSet[] } {
  const names = new Set([...labels.values()].flat().map((name) => name.toLowerCase()));
  const unclear: UnclearPermissionSet[] = [];
  const nameOf = (app: string, text: string): string => {
    const candidates = labels.get(text) ?? [];
    const [only, ...others] = candidates;
    if (only !== undefined && others.length === 0) return only;
    if (candidates.length === 0 && names.has(text.toLowerCase())) return text;
    unclear.push({ app, text, candidates });
    return text;
  };
  const connectedApps = new Map(
    [...observed.connectedApps].map(([name, app]) => [name, named(app, (text) => nameOf(name, text))] as const),
  );
  const apps = new Map(
    [...observed.apps].map(([name, app]) => [
      name,
      app.platform === 'connected-app' ? (connectedApps.get(name) ?? app) : app,
    ]),
  );
  return { observed: { ...observed, apps, connectedApps }, unclear };
}

function named(app: ObservedApp, nameOf: (text: string) => string): ObservedApp {
  const record = app.components[CONNECTED_APP];
  const listed = record?.state === 'present' ? record.component.fields[FIELD] : undefined;
  if (record?.state !== 'present' || !Array.isArray(listed)) return app;
  const texts = (listed as readonly unknown[]).filter((text) => typeof text === 'string');
  const fields = { ...record.component.fields, [FIELD]: texts.map(nameOf) };
  const component: Component = { ...record.component, fields };
  return { ...app, components: { ...app.components, ConnectedApp: { state: 'present', component } } };
}

/** What is unclear, in words. */
export const unclearText = ({ app, text, candidates }: UnclearPermissionSet): string =>
  `Connected App ${app} lists the permission set "${text}" by its label, ` +
  (candidates.length === 0
    ? 'and no permission set of the org that could be read has this label'
    : `which several have (${candidates.join(', ')})`);
