import { certificateEnd, endWords } from '../declaration/certificate-rules';
import { certificateInOrg } from '../metadata/certificate-in-org';
import { APP_WORDS, liveText, liveValue } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import { Certificate } from '../values/certificate';
import { failed, type Finding, notEvaluated, ok, together, warning } from './doctor-finding';

/** Scopes through which the API is open. */
const OPENS_THE_API = ['Api', 'Full'];

/** What the app of this login may do, and for how long. */
export function judgeOwnApp(app: ObservedApp, today: string): Finding {
  const name = `${APP_WORDS[app.platform]} ${app.apiName}`;
  if (app.condition !== 'present')
    return notEvaluated(`${name}: ${app.reason ?? app.condition}`, 'look at it in Setup');
  return together([ok(name), scopesOf(app), permittedOf(app), jwtOf(app), certificateOf(app, today)]);
}

function scopesOf(app: ObservedApp): Finding {
  const value = liveValue(app, 'scopes');
  if (!Array.isArray(value)) return notEvaluated('its scopes could not be read', 'look at it in Setup');
  const scopes = value as readonly string[];
  const words = `scopes ${scopes.join(', ')}`;
  if (!scopes.some((scope) => OPENS_THE_API.includes(scope))) {
    return failed(`${words}: none of them opens the API`, 'add the scope Api, and log in again');
  }
  return scopes.includes('Full')
    ? warning(words, 'take the scope Full away: Api and RefreshToken are enough for deploys')
    : ok(words);
}

function permittedOf(app: ObservedApp): Finding {
  const value = liveValue(app, 'permittedUsers');
  if (value === undefined) return notEvaluated('who may use it could not be read', 'look at its policies in Setup');
  return value === 'AdminApprovedPreAuthorized'
    ? ok('users approved by an administrator only')
    : warning('every user may authorize it', 'admit only users who have a permission set of it: docs/bootstrap.md');
}

const jwtOf = (app: ObservedApp): Finding =>
  liveValue(app, 'jwtAccessTokens') === true
    ? failed('it issues JWT-based access tokens, which SOAP refuses', 'set isNamedUserJwtEnabled=false on it')
    : ok('opaque access tokens');

function certificateOf(app: ObservedApp, today: string): Finding {
  const text = liveText(app, 'certificate');
  const parsed = text === undefined ? undefined : Certificate.parse(text);
  if (parsed?.ok !== true) {
    return certificateInOrg(app).state === 'none'
      ? ok('no certificate')
      : notEvaluated('the org does not return its certificate', 'note the day on which it ends in a calendar');
  }
  const found = certificateEnd(parsed.value.notAfter, today);
  const words = `its certificate ${endWords(found)}`;
  const fix = 'replace it before it ends: docs/rotate.md';
  if (found.end === 'ended') return failed(words, fix);
  return found.end === 'soon' ? warning(words, fix) : ok(words);
}
