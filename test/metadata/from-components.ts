import type { ClientKind, Exception, Platform } from '../../lib/declaration/client-app';
import type { Component, DeclaredComponent } from '../../lib/metadata/component';
import { componentType, fieldOf } from '../../lib/metadata/fields';
import type { Field } from '../../lib/metadata/fields/field';
import { asText, normalize, sameValue } from '../../lib/metadata/normalize';
import { toComponents } from '../../lib/metadata/to-components';
import type { ClientApp } from '../../lib/options/client-app';
import { valuesByDefault } from '../../lib/options/declare';
import type { Certificate } from '../../lib/values/certificate';
import { fail, ok, type Result } from '../../lib/values/result';
import { codeAndCredentials, consumerOptions, waysIn } from './from/consumer';
import { asExternalClientApp } from './from/external-words';
import { CONSUMER, Found, type Inexpressible } from './from/found';
import { headerOptions } from './from/header';
import { settingsOptions } from './from/oauth-settings';
import { inConnectedApp, plainOptions } from './from/plain';
import { policyOptions } from './from/policies';
import { securitySettingsOption } from './from/security-settings';

export type { Inexpressible } from './from/found';

/** What the components of an app do not say about its declaration. */
export interface FromContext {
  readonly kind: ClientKind;
  /** Construct path. */
  readonly path: string;
  readonly apiVersion: number;
  readonly adopt: boolean;
  /** Justifications of what the app does insecurely; the org keeps none. */
  readonly exceptions: readonly Exception[];
  /** The certificate of a machine, where the org does not give it back. */
  readonly certificate?: Certificate;
}

/**
 * The declaration that these components come from, so that `toComponents` gives them back; or every field that no option
 * of the kind can state. What the components leave out gets the secure default of the kind.
 */
export function fromComponents(
  components: readonly DeclaredComponent[],
  context: FromContext,
): Result<ClientApp, readonly Inexpressible[]> {
  const connectedApp = components.find(({ type }) => type === 'ConnectedApp');
  const found = new Found(connectedApp ? [...asExternalClientApp(connectedApp), connectedApp] : components);
  const app = build(found, context, connectedApp ? 'connected-app' : 'external-client-app');
  const unsaid = connectedApp ? found.problems.map(inConnectedApp) : found.problems;
  const problems = [...unsaid, ...lost(components, app, context.apiVersion)];
  const first = new Map(problems.map((problem) => [`${problem.type}.${problem.field}`, problem] as const).reverse());
  return first.size === 0 ? ok(app) : fail([...first.values()].reverse());
}

function build(found: Found, context: FromContext, platform: Platform): ClientApp {
  const { kind, apiVersion, path, adopt, exceptions } = context;
  const secure = valuesByDefault(kind, platform, apiVersion);
  const common = {
    platform,
    path,
    ...headerOptions(found),
    ...consumerOptions(found, secure),
    ...settingsOptions(found),
    ...policyOptions(found, { kind, apiVersion, secure }),
    ...securitySettingsOption(found, kind),
    ...plainOptions(found, kind),
    adopt,
    exceptions,
  };
  if (kind === 'machine') {
    return {
      ...common,
      kind,
      codeAndCredentials: codeAndCredentials(found, secure),
      ...waysIn(found, context.certificate),
    };
  }
  const callbackUrls = found.texts(CONSUMER, 'callbackUrl') ?? [];
  if (callbackUrls.length === 0) found.refuse(CONSUMER, 'callbackUrl', 'the app has no callback URL');
  return { ...common, kind, callbackUrls, codeAndCredentials: codeAndCredentials(found, secure) };
}

/** Values of the components that the declaration would not give back. */
function lost(components: readonly DeclaredComponent[], app: ClientApp, apiVersion: number): readonly Inexpressible[] {
  const again = new Map(toComponents(app, 'nobody', apiVersion).map((component) => [component.type, component]));
  return components.flatMap(({ type, fields }) =>
    Object.entries(fields).flatMap(([name, { value }]) => {
      const field = fieldOf(type, name);
      const before = normalize(field, value);
      if (field.role !== 'author' || before === undefined) return [];
      const stated = again.get(type)?.fields[name];
      const after = stated && normalize(field, stated.value);
      if (sameValue(field, before, after)) return [];
      if (!stated && (isLeftToOrg(type, field) || sameValue(field, before, field.default))) return [];
      return [{ type, field: name, problem: reason(app.kind, before, stated !== undefined, after) }];
    }),
  );
}

function reason(kind: ClientKind, before: unknown, stated: boolean, after: unknown): string {
  const value = shown(before);
  if (!stated) return `no option of a ${kind} app states ${value}`;
  return after === undefined
    ? `a ${kind} app has no value here, and the org has ${value}`
    : `a ${kind} app would make it ${shown(after)}, and the org has ${value}`;
}

const shown = (value: unknown): string => {
  const text = asText(value as never);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** Names inside the org, how the component is packaged, and leftovers that mean nothing. */
function isLeftToOrg(type: string, { name }: Field): boolean {
  if (name === 'label') return type !== 'ExternalClientApplication' && type !== 'ConnectedApp';
  return ['isProtected', 'refreshTokenValidityPeriod', 'refreshTokenValidityUnit'].includes(name);
}

/** Fields that mean the same absent and at the platform's default, and that are options only where they are stated. */
const SILENT: ReadonlySet<string> = new Set([
  'isFirstPartyAppEnabled',
  'isDPopEnabled',
  'isMtlsEnabled',
  'isEnforceRefreshTokenTTL',
  'oauthConfig.isDPopEnabled',
  'oauthConfig.isEnforceRefreshTokenTTL',
  'oauthConfig.isIpBindingEnabled',
  'oauthConfig.isPKImTLSEnabled',
  'startPage',
  'requiredSessionLevel',
]);

/** A component as the org has it, in the form that a declaration has: everything stated, but what says nothing. */
export function asDeclared({ type, fullName, fields }: Component): DeclaredComponent {
  const own = (componentType(type)?.fields ?? []).filter(({ role }) => role === 'author' || role === 'carried');
  const entries = own.flatMap((field) => {
    const value = normalize(field, fields[field.name]);
    if (value === undefined || (SILENT.has(field.name) && sameValue(field, value, field.default))) return [];
    return [[field.name, { value, ownership: 'stated' as const }] as const];
  });
  return { type, fullName, fields: Object.fromEntries(entries) };
}
