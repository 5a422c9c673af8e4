import { liveText } from '../../metadata/live-app';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** May this app be created or written at all: absent, unreadable, broken, somebody else's, deleted (D8, D10, D11). */
export const guardExistence: AppGuard = ({ app, live, situation }) => {
  const { manifest, consents, remembered } = situation;
  const at = { severity: 'error', path: app.path } as const;
  if (!live) {
    if (!remembered.apps.has(app.api_name) || consents.allow_recreate.includes(app.api_name)) return [];
    return [
      {
        ...at,
        code: 'deleted-in-org',
        problem: `${app.api_name} was applied before and has been deleted in the org`,
        allowed: 'a new app would have a new consumer key, and every client of the old one would have to change',
        remedy: `remove the declaration, or create it anew with --allow-recreate ${app.api_name}`,
      },
    ];
  }
  // Another app, of which guardSameName speaks.
  if (live.platform !== app.platform) return [];
  if (live.condition === 'unreadable') {
    return [
      {
        ...at,
        code: 'app-unreadable',
        problem: `${app.api_name} cannot be read completely: ${live.reason ?? 'no reason given'}`,
        allowed: 'an app is written only when all of it could be read',
        remedy: 'give the connected user the permissions of docs/bootstrap.md, or repair the record in Setup',
      },
    ];
  }
  if (live.condition === 'broken') {
    return [
      {
        ...at,
        code: 'app-broken',
        problem: `${app.api_name} is broken in the org: ${live.reason ?? 'no reason given'}`,
        allowed: 'writing to a broken app can make its consumer unreachable for good',
        remedy:
          'after a sandbox refresh: delete the app in Setup and apply with --allow-recreate ' +
          `${app.api_name} (a new consumer key), or reinstall its package`,
      },
    ];
  }
  const owner = liveText(live, 'managedBy');
  if (owner !== undefined && situation.takesOver?.get(app.api_name) === owner) return [];
  return ownership(app.api_name, app.path, app.adopt, owner, manifest.id, consents.adopt);
};

function ownership(
  apiName: string,
  path: string,
  declaredAdopt: boolean,
  owner: string | undefined,
  manifestId: string,
  adopt: readonly string[],
): readonly Diagnostic[] {
  if (owner === manifestId) return [];
  if (owner !== undefined) {
    return [
      {
        code: 'owned-by-another-manifest',
        severity: 'error',
        path,
        problem: `${apiName} is managed as code by ${owner}`,
        value: owner,
        allowed: `apps without an ownership line, or those of ${manifestId}`,
        remedy:
          'declare it in one place only; to move it here, remove the line from its description in Setup and adopt it',
      },
    ];
  }
  if (declaredAdopt || adopt.includes(apiName)) {
    return [
      {
        code: 'adopts-app',
        severity: 'note',
        path,
        problem: `${apiName} exists in the org and is taken over: from now on the code decides the fields it states`,
        remedy: 'look at every change below; fields the code does not state stay as they are',
      },
    ];
  }
  return [
    {
      code: 'adoption-needed',
      severity: 'error',
      path,
      problem: `an app named ${apiName} exists in the org and is not managed by code`,
      allowed: 'apps made by hand are left alone unless their adoption is asked for by name',
      remedy: `set adopt: true in the declaration, pass --adopt ${apiName}, or choose another apiName`,
    },
  ];
}
