import type { FieldValue } from '../../metadata/component';
import type { ManifestApp } from '../../metadata/manifest';
import { type Place, placeOf, type SettingName, SETTINGS } from '../../options/settings';
import type { Because } from './report';
import type { WireCall } from './wire';

/** A refusal, the setting that asks for it, and what the client did about it. */
interface Row {
  readonly says: RegExp;
  readonly when?: (call: WireCall) => boolean;
  readonly setting: SettingName;
  readonly why: string;
}

const byRefresh = ({ grant }: WireCall): boolean => grant === 'refresh_token';
const withoutSecret = ({ secret }: WireCall): boolean => secret === 'none';
const token =
  (...states: readonly WireCall['refresh_token'][]) =>
  (call: WireCall): boolean =>
    states.includes(call.refresh_token);

/** The first row that fits counts. */
const ROWS: readonly Row[] = [
  {
    says: /missing required code challenge/,
    setting: 'pkceRequired',
    why: 'it asks for a code without a code challenge (PKCE)',
  },
  { says: /code challenge method/, setting: 'pkceRequired', why: 'its code challenge method is not S256' },
  {
    says: /invalid code verifier/,
    setting: 'pkceRequired',
    why: 'the code verifier that it sends does not belong to its code challenge, or is missing',
  },
  {
    says: /invalid client credentials/,
    when: (call) => withoutSecret(call) && byRefresh(call),
    setting: 'secretInRefreshFlow',
    why: 'it sends no secret with the refresh token',
  },
  {
    says: /invalid client credentials/,
    when: withoutSecret,
    setting: 'secretInWebServerFlow',
    why: 'it sends no secret with the code',
  },
  {
    says: /./,
    when: token('replaced'),
    setting: 'refreshTokenRotation',
    why: 'it uses a refresh token again that another one had replaced',
  },
  {
    says: /./,
    when: token('ended-by-reuse'),
    setting: 'refreshTokenRotation',
    why: 'a refresh token was used twice, which ended all of them',
  },
  { says: /redirect_uri/, setting: 'callbackUrls', why: 'its callback URL is not registered' },
  {
    says: /requested scope|no valid scopes|refresh_token scope/,
    setting: 'scopes',
    why: 'it needs a scope that the app does not have',
  },
  { says: /not valid for use with the REST API/, setting: 'scopes', why: 'it calls an API without the scope for it' },
  { says: /admin approved|approved this consumer/, setting: 'permittedUsers', why: 'the user is not let in' },
  {
    says: /no client credentials user/,
    setting: 'clientCredentials',
    why: 'it signs in with key and secret, for which the app is not set up',
  },
  { says: /ip restricted/, setting: 'refreshIpRanges', why: 'its address is not let in' },
  {
    says: /invalid assertion/,
    setting: 'certificate',
    why: 'its assertion is not signed by the key of the certificate',
  },
  { says: /app is blocked/, setting: 'appEnabled', why: 'the app is switched off' },
];

/** What a refusal says about the settings of an app; undefined where it is about none. */
export function blame(call: WireCall, app: ManifestApp): Because | undefined {
  if (call.refused === undefined) return undefined;
  const said = `${call.refused.error}: ${call.refused.description}`;
  const found = ROWS.find(({ says, when }) => says.test(said) && (when === undefined || when(call)));
  return found && becauseOf(app, found.setting, found.why);
}

/** A setting of the app as the reason. */
export function becauseOf(app: ManifestApp, setting: SettingName, why: string): Because {
  const place = placeOf(SETTINGS[setting], app.platform);
  const stored = place && storedValue(app, place);
  return {
    ...(place && { field: `${place.type}.${place.field}` }),
    ...(stored !== undefined && { value: JSON.stringify(stored) }),
    why,
  };
}

/** As the platform stores it. */
const storedValue = ({ components }: ManifestApp, { type, field }: Place): FieldValue | undefined =>
  components.find((component) => component.type === type)?.fields[field]?.value;

/** The value that another version of the app has for the same field, as JSON. */
export function valueIn(app: ManifestApp, { field }: Because): string | undefined {
  const [type = '', ...path] = (field ?? '').split('.');
  const stored = storedValue(app, { type, field: path.join('.') });
  return stored === undefined ? undefined : JSON.stringify(stored);
}
