import { everyApp, liveList, liveText, sameNamed } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import { namespaceOf } from '../values/api-name';
import { type Found, type ImportedOrg, manifestIdOf, type NotDeclared } from './model';

export interface Chosen {
  readonly found: readonly Found[];
  readonly notDeclared: readonly NotDeclared[];
}

/** Which apps of an org a program may declare, and why not the others. */
export function choose(org: ImportedOrg, keepAsIs: ReadonlyMap<string, string>): Chosen {
  const found: Found[] = [];
  const notDeclared: NotDeclared[] = [];
  const { name, observed } = org;
  for (const app of everyApp(observed)) {
    const place = { org: name, app: app.apiName, platform: app.platform };
    const kept = keepAsIs.get(app.apiName);
    const unread = app.condition === 'unreadable';
    const reason = kept ?? (unread ? (app.reason ?? 'no reason was given') : whyNot(app, org));
    if (reason === undefined) found.push({ org, app });
    else {
      const state = kept !== undefined ? 'kept as it is' : unread ? 'not evaluated' : 'not declared';
      notDeclared.push({ ...place, state, reason });
    }
  }
  const unknown = [
    ...(observed.connectedAppsUnread === undefined ? [] : [`Connected Apps: ${observed.connectedAppsUnread}`]),
    ...observed.unplaced,
  ];
  return {
    found,
    notDeclared: [...notDeclared, ...unknown.map((reason) => ({ org: name, state: 'not evaluated', reason }) as const)],
  };
}

function whyNot(app: ObservedApp, { name, observed }: ImportedOrg): string | undefined {
  if (app.condition !== 'present') return app.reason ?? 'there is no such app';
  const namespace = namespaceOf(app.apiName);
  if (namespace !== undefined)
    return `it was installed from the package ${namespace}, whose publisher decides about it`;
  const owner = liveText(app, 'managedBy');
  if (owner !== undefined && owner !== manifestIdOf(name)) return `it is managed as code by ${owner} already`;
  if (app.platform === 'external-client-app') return undefined;
  if (sameNamed(observed, app)) {
    return 'an External Client App has the same name: this is probably what it was migrated from, and is read-only';
  }
  return liveList(app, 'callbackUrls').length === 0 ? 'it has no OAuth settings' : undefined;
}
