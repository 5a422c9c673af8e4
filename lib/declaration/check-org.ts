import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { ClientKind } from './client-app';
import type { OrgAssumptions, OrgSettings } from './org-settings';

interface OrgFacts {
  /** Construct id: the name that the remedy uses for the org. */
  readonly name: string;
  readonly settings: OrgSettings;
  readonly assumptions: OrgAssumptions;
}

/**
 * What one app asks of its org, read from the props themselves, so that an app with problems of its own is judged too
 * and everything is reported at once.
 */
export interface AppClaims {
  readonly path: string;
  readonly apiName: string;
  readonly codeAndCredentials: boolean;
  readonly withoutPkce: boolean;
}

export function claimsOf(props: unknown, kind: ClientKind, path: string, id: string): AppClaims {
  const given = member(props, 'apiName');
  return {
    path,
    apiName: typeof given === 'string' ? given : id,
    codeAndCredentials: kind !== 'machine' && member(props, 'codeAndCredentials') !== undefined,
    withoutPkce: kind === 'private' && member(member(props, 'pkce'), 'required') === false,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** What must hold between the apps of one org and the org itself. */
export function checkOrg(org: OrgFacts, apps: readonly AppClaims[]): readonly Diagnostic[] {
  return [...duplicateNames(apps), ...apps.flatMap((app) => [...codeAndCredentials(org, app), ...pkce(org, app)])];
}

/** Salesforce compares developer names without regard to case. */
function duplicateNames(apps: readonly AppClaims[]): readonly Diagnostic[] {
  const first = new Map<string, AppClaims>();
  const found: Diagnostic[] = [];
  for (const app of apps) {
    const other = first.get(app.apiName.toLowerCase());
    if (!other) {
      first.set(app.apiName.toLowerCase(), app);
      continue;
    }
    const place = { path: app.path, field: 'apiName', value: JSON.stringify(app.apiName) };
    found.push(diagnose('duplicate-api-name/app', place, { other: other.path }));
  }
  return found;
}

function codeAndCredentials(org: OrgFacts, app: AppClaims): readonly Diagnostic[] {
  if (!app.codeAndCredentials) return [];
  const { allowCodeAndCredentialsFlow: allowed } = org.settings;
  const { codeAndCredentialsFlow: assumed } = org.assumptions;
  if (allowed === true || assumed === true) return [];
  const source = 'Salesforce Help: Configure a Code and Credentials Flow';
  const place = { path: app.path, field: 'codeAndCredentials', source };
  return [
    allowed === false || assumed === false
      ? diagnose('code-and-credentials-not-allowed/blocked', place, { org: org.name })
      : diagnose('code-and-credentials-not-allowed', place, { org: org.name }),
  ];
}

function pkce(org: OrgFacts, app: AppClaims): readonly Diagnostic[] {
  if (org.settings.requirePkce !== true || !app.withoutPkce) return [];
  return [diagnose('contradiction/pkce', { path: app.path, field: 'pkce' }, { org: org.name })];
}
