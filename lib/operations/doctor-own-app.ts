import { certificateEnd, endWords } from '../declaration/certificate-rules';
import { certificateInOrg } from '../metadata/certificate-in-org';
import { APP_WORDS, liveList, liveText } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import type { SettingName } from '../options/settings';
import type { OrgIdentity } from '../org/org';
import type { OwnUser } from '../org/own-login';
import { loginProblems, settingOf } from '../plan/own-login';
import { Certificate } from '../values/certificate';
import { failed, type Finding, notEvaluated, ok, together, warning } from './doctor-finding';

/** How the login came through the app, as far as it is known. */
export interface OwnLoginFacts {
  readonly identity: Pick<OrgIdentity, 'login'>;
  /** Undefined: was not read. */
  readonly user: OwnUser | undefined;
  /** ISO date. */
  readonly today: string;
}

const VERDICTS = { refused: failed, may: warning, 'not-evaluated': notEvaluated } as const;

/** What the app of this login may do, and whether it lets the next run in: by the rules that guard a plan. */
export function judgeOwnApp(app: ObservedApp, facts: OwnLoginFacts): Finding {
  const name = `${APP_WORDS[app.platform]} ${app.apiName}`;
  if (app.condition !== 'present')
    return notEvaluated(`${name}: ${app.reason ?? app.condition}`, 'look at it in Setup');
  const problems = loginProblems(app, facts);
  const without = (...settings: readonly SettingName[]): boolean =>
    !problems.some(({ setting }) => settings.includes(setting));
  return together([
    ok(name),
    ...problems.map(({ state, why, fix }) => VERDICTS[state](why, fix)),
    ...(without('scopes') ? [scopesOf(app)] : []),
    ...(without('permittedUsers', 'permissionSets') ? [permittedOf(app)] : []),
    ...(without('jwtAccessTokens') ? [ok('opaque access tokens')] : []),
    ...(without('certificate') ? [certificateOf(app, facts.today)] : []),
  ]);
}

function scopesOf(app: ObservedApp): Finding {
  const scopes = liveList(app, 'scopes');
  const words = `scopes ${scopes.join(', ')}`;
  return scopes.includes('Full')
    ? warning(words, 'remove the scope Full: Api and RefreshToken are enough for deploys')
    : ok(words);
}

const permittedOf = (app: ObservedApp): Finding =>
  settingOf(app, 'permittedUsers') === 'AdminApprovedPreAuthorized'
    ? ok('only users approved by an administrator, including the one of this login')
    : warning('every user may authorize it', 'admit only users who have a permission set of it: docs/bootstrap.md');

function certificateOf(app: ObservedApp, today: string): Finding {
  const text = liveText(app, 'certificate');
  const parsed = text === undefined ? undefined : Certificate.parse(text);
  if (parsed?.ok !== true) {
    return certificateInOrg(app).state === 'none'
      ? ok('no certificate')
      : notEvaluated('the org does not return its certificate', 'note its expiry date in a calendar');
  }
  const found = certificateEnd(parsed.value.notAfter, today);
  const words = `its certificate ${endWords(found)}`;
  const fix = 'replace it before it expires: docs/rotate.md';
  if (found.end === 'ended') return failed(words, fix);
  return found.end === 'soon' ? warning(words, fix) : ok(words);
}
