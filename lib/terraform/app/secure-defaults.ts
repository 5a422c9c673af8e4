import type { ClientKind, Platform } from '../../declaration/client-app';
import { byDefault, stated } from '../../declaration/setting';
import type { FieldValue } from '../../metadata/component';
import { canonicalJson } from '../../metadata/digest';
import { whereIs } from '../../metadata/live-app';
import { toComponents } from '../../metadata/to-components';
import { jwtTimeoutMinutes } from '../../options/access-tokens';
import type { ClientApp } from '../../options/client-app';
import { GUEST_JWT_TIMEOUT_MINUTES, postBodyOnly } from '../../options/code-and-credentials';
import { valuesByDefault } from '../../options/declare';
import { placesOnBoth, type SettingName } from '../../options/settings';

/** Choices of an author on which the secure defaults of other fields depend. Undefined: not known yet. */
export interface Switches {
  readonly jwtAccessTokens: boolean | undefined;
  /** JWTs end with the session of their user, so they have no timeout of their own. */
  readonly jwtLastsAsSession: boolean | undefined;
  readonly codeAndCredentials: boolean | undefined;
  readonly guest: boolean | undefined;
  /** The same of the JWTs of guests. */
  readonly guestLastsAsSession: boolean | undefined;
  readonly tokenExchange: boolean | undefined;
  readonly clientCredentials: boolean | undefined;
  readonly startsAtUrl: boolean | undefined;
  /** Null: none stated. */
  readonly refreshTokenPolicy: string | null | undefined;
}

/** A default as it stands, or that it depends on something not known yet. An empty list is "no value". */
export type SecureDefault = { readonly known: true; readonly value: FieldValue } | { readonly known: false };

/** By metadata type, then field. */
export type SecureDefaults = ReadonlyMap<string, ReadonlyMap<string, SecureDefault>>;

/** What only the author can say; here it is filled with something that is then left out. */
const AUTHORS: ReadonlySet<string> = new Set(
  (['label', 'contactEmail', 'managedBy', 'scopes', 'startUrl'] as const)
    .flatMap(placesOnBoth)
    .map(({ type, field }) => `${type}.${field}`),
);

/**
 * The secure value of every field that decides about security and that the configuration leaves out: the same that a
 * declaration in code gets, through the same mapping. Where a switch is not known yet, fields that depend on it are not
 * known either.
 */
export function secureDefaults(
  platform: Platform,
  kind: ClientKind,
  switches: Switches,
  apiVersion: number,
): SecureDefaults {
  const variants = possibilities(switches).map((known) => forKnown(platform, kind, known, apiVersion));
  const [first = new Map<string, FieldValue>(), ...others] = variants;
  const result = new Map<string, Map<string, SecureDefault>>();
  for (const key of new Set(variants.flatMap((variant) => [...variant.keys()]))) {
    const [type, field] = splitOnce(key);
    const value = first.get(key);
    const agreed = others.every((other) => canonicalJson(other.get(key)) === canonicalJson(value));
    const fields = result.get(type) ?? new Map<string, SecureDefault>();
    result.set(type, fields.set(field, agreed && value !== undefined ? { known: true, value } : { known: false }));
  }
  return result;
}

/** A field may have a path for a name: `ConnectedApp.oauthConfig.scopes`. */
function splitOnce(key: string): readonly [type: string, field: string] {
  const at = key.indexOf('.');
  return [key.slice(0, at), key.slice(at + 1)];
}

type Known = { readonly [K in keyof Switches]: Exclude<Switches[K], undefined> };

/** Every combination that the switches may turn out to be. */
function possibilities(switches: Switches): readonly Known[] {
  let found: Record<string, unknown>[] = [{}];
  for (const [name, value] of Object.entries(switches)) {
    const options: unknown[] =
      value !== undefined
        ? [value]
        : name === 'refreshTokenPolicy'
          ? ['Infinite', 'SpecificInactivity']
          : [false, true];
    found = options.flatMap((option) => found.map((others) => ({ ...others, [name]: option })));
  }
  return found as unknown as Known[];
}

function forKnown(
  platform: Platform,
  kind: ClientKind,
  switches: Known,
  apiVersion: number,
): ReadonlyMap<string, FieldValue> {
  const flat = new Map<string, FieldValue>();
  for (const { type, fields } of toComponents(emptyApp(platform, kind, switches, apiVersion), 'nobody', apiVersion)) {
    for (const [name, { value }] of Object.entries(fields)) {
      if (!AUTHORS.has(`${type}.${name}`)) flat.set(`${type}.${name}`, value);
    }
  }
  // People declare a callback URL; for a machine there is one that delivers to nobody.
  if (kind !== 'machine') flat.delete(keyOf(platform, 'callbackUrls'));
  // Both halves of the switch belong together, whatever the kind.
  if (platform === 'external-client-app') {
    flat.set(keyOf(platform, 'clientCredentialsPolicy'), switches.clientCredentials);
    if (switches.guestLastsAsSession) flat.delete(keyOf(platform, 'guestJwtTimeoutMinutes'));
  }
  if (switches.clientCredentials) flat.delete(keyOf(platform, 'runAsUser'));
  return flat;
}

function keyOf(platform: Platform, name: SettingName): string {
  const { type, field } = whereIs(platform, name);
  return `${type}.${field}`;
}

function emptyApp(platform: Platform, kind: ClientKind, switches: Known, apiVersion: number): ClientApp {
  const secure = valuesByDefault(kind, platform, apiVersion);
  const { jwtAccessTokens: jwt, jwtLastsAsSession, refreshTokenPolicy: refresh } = switches;
  const timeoutMinutes = jwtLastsAsSession ? 'user-session' : jwtTimeoutMinutes(apiVersion);
  const guest = switches.guest ? { guest: { timeoutMinutes: GUEST_JWT_TIMEOUT_MINUTES } } : {};
  const app = {
    ...secure,
    apiName: 'App',
    path: '',
    label: '-',
    contactEmail: '-',
    scopes: [],
    // No one, until the configuration says who.
    permittedUsers: { policy: 'pre-authorized', permissionSets: [] },
    // A stated policy without a period gets the period of the default.
    ...((refresh === 'Infinite' || refresh === 'Zero') && { refreshToken: byDefault({ type: refresh }) }),
    ...(jwt && { accessToken: byDefault({ format: 'jwt', timeoutMinutes }) }),
    ...(switches.tokenExchange && { tokenExchange: byDefault({ enabled: true, requireSecret: kind !== 'public' }) }),
    ...(switches.startsAtUrl && { startUrl: '-' }),
    ...(switches.codeAndCredentials &&
      kind !== 'machine' && {
        codeAndCredentials: stated({ enabled: true, postBodyOnly: postBodyOnly.value[kind], ...guest }),
      }),
    adopt: false,
    exceptions: [],
  } as const satisfies Partial<ClientApp>;
  if (kind !== 'machine') return { ...app, kind, callbackUrls: [] };
  return { ...app, kind, ...(switches.clientCredentials && { clientCredentials: { runAs: '-' } }) };
}
