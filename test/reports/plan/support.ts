import type { AppPlan, FieldChange, OrgPlan } from '../../../lib/plan/plan';
import { NO_CONSENTS } from '../../../lib/plan/plan';
import { declared, twoApps } from '../../operations/support';

/** A change of the kind the tests are about; the rest is of no consequence. */
export function change(over: Partial<FieldChange>): FieldChange {
  return {
    type: 'ExternalClientApplication',
    full_name: 'Portal',
    field: 'description',
    title: 'Description',
    before: { state: 'absent' },
    after: { state: 'value', value: 'text' },
    ownership: 'stated',
    effect: 'neutral',
    impact: { level: 'none' },
    ...over,
  };
}

export const pkceOff = change({
  type: 'ExtlClntAppGlobalOauthSettings',
  full_name: 'Mobile_glbloauth',
  field: 'isPkceRequired',
  title: 'Require Proof Key for Code Exchange (PKCE)',
  before: { state: 'value', value: false },
  after: { state: 'value', value: true },
  ownership: 'default',
  effect: 'narrows',
  impact: { level: 'breaks', who: 'clients that send no code_challenge' },
});

export const fullScope = change({
  type: 'ExtlClntAppOauthSettings',
  full_name: 'Portal_oauth',
  field: 'commaSeparatedOauthScopes',
  title: 'OAuth scopes',
  before: { state: 'value', value: ['Api', 'Full', 'RefreshToken'] },
  after: { state: 'value', value: ['Api', 'RefreshToken'] },
  effect: 'narrows',
});

export function app(over: Partial<AppPlan>): AppPlan {
  return {
    api_name: 'Portal',
    path: 'identity/prod/Portal',
    kind: 'private',
    label: 'Portal',
    action: 'none',
    adopts: false,
    stopped: false,
    changes: [],
    kept: [],
    unreadable: [],
    names: {},
    controls: [],
    effect: 'neutral',
    ...over,
  };
}

/** A plan of one org; apps with changes are in the one phase there is. */
export function orgPlan(apps: readonly AppPlan[], over: Partial<OrgPlan> = {}): OrgPlan {
  const written = apps.filter(({ action }) => ['create', 'update', 'delete'].includes(action));
  const names = written.map(({ api_name: name }) => name);
  return {
    org: 'prod',
    path: 'identity/prod',
    org_id: '00D000000000001EAA',
    instance_url: 'https://acme.my.salesforce.com',
    api_version: 66,
    apps,
    settings: [],
    records: [],
    phases: names.length > 0 ? [{ name: 'apps', title: 'Client apps', settings: [], records: [], apps: names }] : [],
    unmanaged: [],
    diagnostics: [],
    consents: NO_CONSENTS,
    manifest: declared(twoApps),
    digest: `sha256:${'0'.repeat(64)}`,
    ...over,
  };
}
