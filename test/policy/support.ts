import { readFileSync } from 'node:fs';

import { MachineApp, PermittedUsers, PrivateClientApp, PublicClientApp } from '../../constructs';
import { type Manifest, synthManifests } from '../../constructs/testing';
import type { ClientKind } from '../../lib/declaration/client-app';
import type { FieldValue } from '../../lib/metadata/component';
import { observedConnectedApp } from '../../lib/metadata/connected-app/observe';
import { EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../../lib/metadata/fields';
import { connectedApp as connectedAppType } from '../../lib/metadata/fields/connected-app';
import { observe } from '../../lib/metadata/observe';
import { observeComponent } from '../../lib/metadata/observe-component';
import type { ObservedApp, ObservedOrg } from '../../lib/metadata/observed';
import { checkApp, type CheckContext, checkOrg } from '../../lib/policy/check';
import type { CheckFacts } from '../../lib/policy/control';
import { type Exception, indexExceptions } from '../../lib/policy/exceptions';
import type { AppPosture, OrgPosture } from '../../lib/policy/posture';
import { postureOf } from '../../lib/policy/posture/of-app';
import { orgPosture } from '../../lib/policy/posture/org';
import type { CheckReport, ControlResult } from '../../lib/policy/report';
import { DEMO_CERTIFICATE, machineProps, orgIn, privateProps, program, publicProps } from '../constructs/support';
import { installFiles } from '../metadata/install-files';

export const TODAY = '2026-07-01';

export const certificate = readFileSync(DEMO_CERTIFICATE, 'utf8').replace(/-----[A-Z ]+-----|\s/g, '');

/** What the manifest's packages for a first install hold, as it would be observed. */
export function observedOf(manifest: Manifest): ObservedOrg {
  const types = new Set([...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...SETTINGS_TYPES].map(({ name }) => name));
  return observe({ files: installFiles(manifest), problems: [], types });
}

/** An app of each kind with nothing but its required options, declared, synthesized and observed. */
export function defaults(): ObservedOrg {
  const app = program();
  const prod = orgIn(app);
  prod.oauthSettings({ blockUsernamePasswordFlow: true, blockUserAgentFlow: true, requirePkce: true });
  new PrivateClientApp(prod, 'Portal', privateProps);
  new PublicClientApp(prod, 'FieldApp', {
    ...publicProps,
    callbackUrls: ['com.acme.fieldapp://oauth'],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
  });
  const { label, scopes, permittedUsers, certificate: given } = machineProps;
  new MachineApp(prod, 'Feed', { label, scopes, permittedUsers, certificate: given });
  const [manifest] = synthManifests(app);
  if (!manifest) throw new Error('the program declares one org');
  return observedOf(manifest);
}

const TYPES = {
  header: 'ExternalClientApplication',
  global: 'ExtlClntAppGlobalOauthSettings',
  oauth: 'ExtlClntAppOauthSettings',
  policies: 'ExtlClntAppOauthConfigurablePolicies',
  general: 'ExtlClntAppConfigurablePolicies',
} as const;

type Part = keyof typeof TYPES;
type FieldChanges = Readonly<Record<string, FieldValue | undefined>>;

/** Fields to set, or to take away with undefined, by component; components that are missing or cannot be read. */
export type Changes = Partial<Readonly<Record<Part, FieldChanges>>> & {
  readonly unreadable?: readonly Part[];
  readonly absent?: readonly Part[];
  readonly plugins?: readonly string[];
  readonly pluginSettings?: ObservedApp['pluginSettings'];
};

export function changed(app: ObservedApp, changes: Changes): ObservedApp {
  const components = { ...app.components };
  for (const [part, type] of Object.entries(TYPES) as [Part, string][]) {
    const component = components[type];
    if (component?.state === 'present' && changes[part]) {
      const fields = Object.entries({ ...component.component.fields, ...changes[part] }).filter(
        (entry): entry is [string, FieldValue] => entry[1] !== undefined,
      );
      components[type] = {
        state: 'present',
        component: { ...component.component, fields: Object.fromEntries(fields) },
      };
    }
    if (changes.absent?.includes(part)) components[type] = { state: 'absent' };
    if (changes.unreadable?.includes(part)) components[type] = { state: 'unreadable', reason: `no access to ${type}` };
  }
  const { plugins = app.otherComponents, pluginSettings } = changes;
  return { ...app, components, otherComponents: plugins, ...(pluginSettings && { pluginSettings }) };
}

const base = defaults();

export function observedDefault(name: 'Portal' | 'FieldApp' | 'Feed'): ObservedApp {
  const app = base.apps.get(name);
  if (!app) throw new Error(`the program declares ${name}`);
  return app;
}

/** One app, the kind it is judged as (undefined: inferred) and what surrounds it. */
export interface Case {
  readonly app: AppPosture;
  readonly kind?: ClientKind;
  readonly org?: OrgPosture;
  readonly facts?: CheckFacts;
}

type Surroundings = Pick<Case, 'org' | 'facts'>;

function declared(name: 'Portal' | 'FieldApp' | 'Feed', kind: ClientKind, changes: Changes, more: Surroundings): Case {
  const app = postureOf(changed(observedDefault(name), changes), { origin: 'declared' });
  return { app, kind, ...more };
}

export const privateApp = (changes: Changes = {}, more: Surroundings = {}): Case =>
  declared('Portal', 'private', changes, more);
export const publicApp = (changes: Changes = {}, more: Surroundings = {}): Case =>
  declared('FieldApp', 'public', changes, more);
export const machine = (changes: Changes = {}, more: Surroundings = {}): Case =>
  declared('Feed', 'machine', changes, more);

/** The same app as some vendor's managed package would install it. */
export const installed = (changes: Changes = {}): Case => {
  const { app } = privateApp({ ...changes, header: { distributionState: 'Managed', ...changes.header } });
  return { app };
};

export function connectedApp(content: string, kind?: ClientKind, fullName = 'Legacy', apiVersion = 68): Case {
  const text = `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@b.example</contactEmail><label>Legacy</label>${content}</ConnectedApp>`;
  const app = observedConnectedApp(fullName, observeComponent(connectedAppType, fullName, text));
  return { app: postureOf(app, { apiVersion, origin: 'read' }), ...(kind && { kind }) };
}

/** A Connected App whose file does not parse. */
export const brokenConnectedApp: Case = connectedApp('</broken>');

/** `<oauthConfig>` with the fields given, on top of what a careful admin sets. */
export function oauthConfig(fields: Readonly<Record<string, string | boolean | undefined>> = {}): string {
  const careful: Record<string, string | boolean | undefined> = {
    callbackUrl: 'https://legacy.acme.example/cb',
    isAdminApproved: true,
    isConsumerSecretOptional: false,
    isPkceRequired: true,
    isRefreshTokenRotationEnabled: true,
    isSecretRequiredForRefreshToken: true,
    scopes: 'Api',
  };
  const entries = Object.entries({ ...careful, ...fields }).filter(([, value]) => value !== undefined);
  return `<oauthConfig>${entries.map(([name, value]) => `<${name}>${String(value)}</${name}>`).join('')}</oauthConfig>`;
}

export function org(
  settings: Readonly<Record<string, boolean>> = {},
  unreadable = false,
  secrets: Readonly<Record<string, boolean>> = {},
): OrgPosture {
  const present = (type: string, fields: Readonly<Record<string, boolean>>): ObservedOrg['settings'][string] =>
    unreadable
      ? { state: 'unreadable', reason: `no access to ${type}` }
      : { state: 'present', component: { type, fullName: type, fields } };
  const records = {
    OauthOidcSettings: present('OauthOidcSettings', settings),
    ExternalClientAppSettings: present('ExternalClientAppSettings', secrets),
  };
  return orgPosture(records, { origin: 'read' });
}

export const excuse = (app: string | undefined, control: string, expires = '2026-12-31'): Exception => ({
  ...(app !== undefined && { app }),
  controls: [control],
  reason: 'The client is replaced this year',
  approvedBy: 'security@acme.example',
  expires,
  path: 'baseline.json',
});

export function reportOf({ app, kind, org: settings, facts }: Case, more: Partial<CheckContext> = {}): CheckReport {
  const context: CheckContext = {
    today: TODAY,
    ...(settings && { org: settings }),
    ...(facts && { facts }),
    ...more,
  };
  return checkApp(app, context, kind && { kind, by: 'declared' });
}

export function resultOf(report: CheckReport, id: string): ControlResult {
  const result = report.results.find(({ control }) => control === id);
  if (!result) throw new Error(`${id} does not judge this`);
  return result;
}

/** Ids of the controls with that outcome. */
export const withOutcome = (report: CheckReport, outcome: ControlResult['outcome']): readonly string[] =>
  report.results.filter((result) => result.outcome === outcome).map(({ control }) => control);

export const withExceptions = (exceptions: readonly Exception[], today = TODAY): Partial<CheckContext> => ({
  today,
  exceptions: indexExceptions(exceptions, today),
});

export const judgeOrg = (posture: OrgPosture, more: Partial<CheckContext> = {}): CheckReport =>
  checkOrg(posture, { today: TODAY, ...more });
