import type { ClientKind, Platform } from '../declaration/client-app';
import type { Props } from '../declaration/read/props';
import { CONSTRUCT, strays, unknownName } from '../declaration/read/unknown-options';
import { isPlainObject } from '../declaration/read/values';
import { type DeclareContext, Reading } from '../declaration/reading';
import type { Diagnostic } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import type { ClientApp, Values } from './client-app';
import { checkMachine } from './machine';
import type { Option } from './option';
import { platformOf } from './platform';
import { LATE, optionsOf, ROWS } from './table';
import { whyNot } from './why-not';

/** The app as a kind has it. */
type AppOf<K extends ClientKind> = Extract<ClientApp, { readonly kind: K }>;

/**
 * What the author of a client app typed, as a value that can only be valid, or every problem at once.
 * @param given Unknown because untyped programs call this, too.
 */
export function declareClientApp<K extends ClientKind>(
  kind: K,
  given: unknown,
  context: DeclareContext,
): Result<AppOf<K>, readonly Diagnostic[]> {
  const props: Props = isPlainObject(given) ? given : {};
  const reading = new Reading(context, kind, { platform: platformOf(props['platform']), props, late: LATE });
  if (!isPlainObject(given)) {
    reading.wrongType('props', given, 'an object with the options of the app');
    return fail(reading.diagnostics);
  }
  unknownOptions(kind, reading);
  const values = readOptions(kind, reading);
  if (kind === 'machine') checkMachine(values, reading);
  if (reading.diagnostics.length > 0) return fail(reading.diagnostics);
  // Each row types what it reads; that they make an app together is what the type of the app is derived from.
  const app: unknown = { kind, path: context.path, ...values, exceptions: reading.exceptions };
  return ok(app as AppOf<K>);
}

/** What every option says. A kind without an option has the option's secure default, where there is one. */
function readOptions(kind: ClientKind, reading: Reading): Values {
  return Object.assign(
    {},
    ...ROWS.map((row) => {
      refuseOnPlatform(row, reading);
      const secure = row.default?.value[kind];
      if (row.kinds.includes(kind)) return row.read(reading.props[row.name], reading, secure);
      return row.default ? row.read(undefined, reading, secure) : {};
    }),
  ) as Values;
}

/** Options without which no app of the kind can be declared. */
export function valuesMissing(kind: ClientKind): readonly string[] {
  const context: DeclareContext = { path: '', org: '', id: 'App', apiVersion: 60, today: '' };
  const declared = declareClientApp(kind, {}, context);
  const found = declared.ok ? [] : declared.error;
  return found.flatMap(({ code, field }) => (code === 'missing-option' && field !== undefined ? [field] : []));
}

/** What an app has that states nothing: the secure defaults, and nothing in the place of what is required. */
export function valuesByDefault(kind: ClientKind, platform: Platform, apiVersion: number): Values {
  const context: DeclareContext = { path: '', org: '', id: '', apiVersion, today: '' };
  return readOptions(kind, new Reading(context, kind, { platform }));
}

/** Reports every option that the kind does not have. Values are never shown: the stray option may hold a secret. */
function unknownOptions(kind: ClientKind, reading: Reading): void {
  const valid = optionsOf(kind);
  for (const name of strays(reading.props, valid)) {
    const why = whyNot(name, kind);
    if (why === undefined) {
      unknownName(name, name, valid, reading);
      continue;
    }
    reading.report('option-not-offered', name, {
      problem: `a ${CONSTRUCT[kind]} has no option ${name}: ${why.because}`,
      allowed: valid.join(', '),
      remedy: why.remedy,
    });
  }
}

/** Reports what the platform has no place for: it would silently not be written. */
function refuseOnPlatform({ name, onlyConnectedApps, notOnConnectedApps = [] }: Option, reading: Reading): void {
  const given = reading.props[name];
  if (given === undefined) return;
  if (reading.platform === 'external-client-app') {
    if (!onlyConnectedApps) return;
    const allowed = 'the option together with platform: Platform.CONNECTED_APP';
    reading.report('option-of-another-platform', name, { ...onlyConnectedApps, allowed });
    return;
  }
  for (const { member, used, because, remedy = 'remove it' } of notOnConnectedApps) {
    if (used ? !used(given) : member !== undefined && memberOf(given, member) === undefined) continue;
    const option = member === undefined ? name : `${name}.${member}`;
    reading.report('not-on-connected-app', option, {
      problem: `a Connected App has no ${option} in any Metadata API version: ${because}`,
      allowed: 'the option with platform: Platform.EXTERNAL_CLIENT_APP, the default',
      remedy,
    });
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Props)[name] : undefined;
