import { certificateEnd } from '../declaration/certificate-rules';
import { certificateInOrg } from '../metadata/certificate-in-org';
import type { FieldValue } from '../metadata/component';
import type { ObservedApp } from '../metadata/observed';
import { isRecord } from '../options/owned';
import type { SettingName } from '../options/settings';
import type { IpRange, OwnLogin, OwnUser } from '../org/own-login';
import { Certificate } from '../values/certificate';
import { isInRange } from '../values/ip-range';
import { refreshLifetime } from './lifetimes';

/** Why a login through an app is refused, or may be, or what about it was not read. */
export interface LoginProblem {
  /** `may`: Salesforce documents no more, or it depends on what no reading shows. */
  readonly state: 'refused' | 'may' | 'not-evaluated';
  readonly setting: SettingName;
  /** A sentence without a full stop. */
  readonly why: string;
  readonly fix: string;
}

/** What the rules look at: one app as it is or would be, and whoever logs in through it. */
export interface LoginCase {
  readonly app: ObservedApp;
  /** A setting in the words of External Client Apps, or Salesforce's default; undefined: none, or not read. */
  readonly value: (name: SettingName) => FieldValue | undefined;
  readonly texts: (name: SettingName) => readonly string[];
  /** How the next run logs in; undefined: not known, so that it may be any way. */
  readonly login: OwnLogin | undefined;
  /** Undefined: was not read. */
  readonly user: OwnUser | undefined;
  /** ISO date. */
  readonly today: string;
}

export type LoginRule = (given: LoginCase) => readonly LoginProblem[];

const problem =
  (state: LoginProblem['state']) =>
  (setting: SettingName, why: string, fix: string): readonly LoginProblem[] => [{ state, setting, why, fix }];
const refused = problem('refused');
const may = problem('may');
const unread = problem('not-evaluated');
const FINE: readonly LoginProblem[] = [];

const IN_SETUP = 'look at it in Setup';

/** True where the login is, or may be, one that a user has to be approved for. */
const byUser = ({ login }: LoginCase): boolean => login?.way !== 'client-credentials';
const byJwt = ({ login }: LoginCase): boolean => login?.way === 'jwt-bearer';

const switchedOn: LoginRule = ({ value, app }) =>
  app.platform === 'connected-app'
    ? FINE
    : (['appEnabled', 'oauthEnabled'] as const).flatMap((name) => {
        if (value(name) === false) return refused(name, 'the app is switched off', 'switch the app on again');
        return value(name) === undefined ? unread(name, 'whether the app is on was not read', IN_SETUP) : FINE;
      });

const REFRESH = ['RefreshToken', 'OfflineAccess'];

const scopes: LoginRule = (given) => {
  const found = given.value('scopes');
  if (!Array.isArray(found)) return unread('scopes', 'its scopes could not be read', IN_SETUP);
  const all = given.texts('scopes');
  const words = `scopes ${all.join(', ')}`;
  const others = all.filter((scope) => !REFRESH.includes(scope));
  const opens = others.some((scope) => scope === 'Api' || scope === 'Full');
  const renews = all.some((scope) => REFRESH.includes(scope));
  // Whether a refresh token keeps the scopes that its user once approved is not documented.
  const says = given.login ? refused : may;
  return [
    ...(opens
      ? FINE
      : says('scopes', `${words}: none of them grants API access`, 'add the scope Api, and log in again')),
    ...(renews || !byUser(given)
      ? FINE
      : says('scopes', `${words}: the login needs RefreshToken`, 'add the scope RefreshToken')),
    ...(given.login?.way === 'client-credentials' && opens && others.every((scope) => scope === 'Full')
      ? refused('scopes', `${words}: client credentials need a scope other than Full`, 'add the scope Api')
      : FINE),
  ];
};

const permitted: LoginRule = (given) => {
  const { value, texts, user } = given;
  const policy = value('permittedUsers');
  if (policy === undefined) return unread('permittedUsers', 'who may use it could not be read', IN_SETUP);
  const fix = 'list a permission set that the user has: docs/bootstrap.md';
  if (policy !== 'AdminApprovedPreAuthorized') {
    const why = 'users approve the app themselves, and JWT bearer works only for a user who has already done so';
    return byJwt(given) ? may('permittedUsers', why, fix) : FINE;
  }
  const [sets, profiles] = [texts('permissionSets'), texts('profiles')];
  const listed = [...sets, ...profiles.map((name) => `profile ${name}`)].join(', ') || 'none';
  const setting = 'permissionSets';
  const about = `administrators approve its users by permission sets and profiles (${listed})`;
  if (user?.permissionSets === undefined && sets.length > 0) {
    return unread(setting, `${about}; which of them the user of this login has was not read`, IN_SETUP);
  }
  const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();
  const admitted =
    sets.some((name) => user?.permissionSets?.some(same(name))) ||
    profiles.some((name) => user?.profileNames?.some(same(name)));
  if (admitted) return FINE;
  if (user?.profileNames === undefined && profiles.length > 0) {
    return unread(setting, `${about}; the profile of the user of this login was not read`, IN_SETUP);
  }
  const why = `${about}, and the user of this login${user?.username === undefined ? '' : ` (${user.username})`} has none of them`;
  if (byUser(given)) return refused(setting, why, fix);
  return unread(
    setting,
    `${why}; according to Salesforce's documentation, client credentials do not require it`,
    IN_SETUP,
  );
};

const certificate: LoginRule = (given) => {
  if (!byJwt(given)) return FINE;
  const { app, value, login, today } = given;
  const [setting, fix] = ['certificate' as const, 'replace it as docs/rotate.md describes, with a second app'];
  const text = value('certificate');
  const parsed = typeof text === 'string' ? Certificate.parse(text) : undefined;
  if (parsed?.ok === true) {
    const { publicKey, notAfter, fingerprint } = parsed.value;
    if (login?.publicKey !== undefined && publicKey !== login.publicKey)
      return refused(
        setting,
        `its certificate (${fingerprint.slice(0, 12)}…) does not belong to the key that this login signs with`,
        fix,
      );
    return certificateEnd(notAfter, today).end === 'ended'
      ? refused(setting, `its certificate expired on ${notAfter.slice(0, 10)}`, fix)
      : FINE;
  }
  const inOrg = certificateInOrg(app);
  if (inOrg.state === 'none') return refused(setting, 'it has no certificate', fix);
  const which = inOrg.state === 'known' ? ` (${inOrg.fingerprint?.slice(0, 12) ?? 'not readable'}…)` : '';
  return unread(setting, `whether its certificate${which} belongs to the key of this login was not read`, IN_SETUP);
};

const clientCredentials: LoginRule = ({ login, value, user }) => {
  if (login?.way !== 'client-credentials') return FINE;
  const off = (['clientCredentials', 'clientCredentialsPolicy'] as const).filter((name) => value(name) !== true);
  const runAs = value('runAsUser');
  const fix = 'allow the flow in the settings and in the policies of the app, with the run-as user';
  const switches = off
    .slice(0, 1)
    .flatMap((name) => refused(name, 'it does not allow the client credentials flow', fix));
  if (typeof runAs !== 'string' || runAs === '')
    return [...switches, ...refused('runAsUser', 'it has no run-as user', fix)];
  if (user?.username === undefined)
    return [...switches, ...unread('runAsUser', `whether ${runAs} is the user of this login was not read`, IN_SETUP)];
  if (user.username.toLowerCase() === runAs.toLowerCase()) return switches;
  const why = `it runs as ${runAs}, and this login as ${user.username}: whether ${runAs} may do the same was not read`;
  return [...switches, ...may('runAsUser', why, 'give the new user the permissions of docs/bootstrap.md first')];
};

/** Of a login that may live on a refresh token. */
const refreshTokens: LoginRule = ({ login, value }) =>
  login || refreshLifetime(value).used > 0
    ? FINE
    : refused('refreshTokenType', 'its refresh tokens expire immediately', 'let refresh tokens stay valid');

/** JWT bearer always obeys the ranges of the profile, whatever the app says. */
const addresses: LoginRule = (given) => {
  if (byJwt(given)) return FINE;
  const { value, login, user } = given;
  const relaxation = value('ipRelaxation');
  const enforced = relaxation === 'Enforce' || (relaxation === 'Enforce_RelaxRefresh' && login !== undefined);
  const allowlist = login ? [] : rangesOf(value('refreshIpRanges'));
  // Client credentials run as whom the app says, and the ranges that were read are those of today's user.
  const another = login !== undefined && text(value('runAsUser')) !== user?.username?.toLowerCase();
  return [
    ...(enforced
      ? outside(
          'ipRelaxation',
          'the login IP ranges of the profile of its user',
          another ? undefined : user?.loginIpRanges,
          user?.sourceIp,
        )
      : FINE),
    ...outside('refreshIpRanges', 'the refresh token IP allowlist', allowlist, user?.sourceIp),
  ];
};

const text = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'string' ? value.toLowerCase() : undefined;

function outside(
  setting: SettingName,
  what: string,
  ranges: readonly IpRange[] | undefined,
  address: string | undefined,
): readonly LoginProblem[] {
  const fix = 'list the address that this login comes from';
  if (ranges?.length === 0) return FINE;
  if (!ranges) return unread(setting, `it obeys ${what}, which were not read`, IN_SETUP);
  if (address === undefined)
    return unread(setting, `it obeys ${what}, and the org does not report the address of this session`, IN_SETUP);
  const shown = ranges.map(({ start, end }) => `${start} - ${end}`).join(', ');
  return ranges.some(({ start, end }) => isInRange(address, start, end))
    ? FINE
    : refused(setting, `it obeys ${what} (${shown}), and this session comes from ${address}`, fix);
}

const rangesOf = (value: FieldValue | undefined): readonly IpRange[] =>
  (Array.isArray(value) ? (value as readonly FieldValue[]) : []).filter(isRecord).map((row) => ({
    start: String(row['startIpAddress'] ?? ''),
    end: String(row['endIpAddress'] ?? ''),
  }));

/** What this program does not do as a client. */
const clientSide: LoginRule = ({ value }) => [
  ...(value('jwtAccessTokens') === true
    ? refused(
        'jwtAccessTokens',
        'it issues JWT-based access tokens, which SOAP refuses',
        'set isNamedUserJwtEnabled=false on it',
      )
    : FINE),
  ...(['dpop', 'mutualTls', 'pkiMutualTls'] as const).flatMap((name) =>
    value(name) === true
      ? may(name, 'it binds tokens to a key or a certificate that this program does not present', 'switch that off')
      : FINE,
  ),
  ...(value('requiredSessionLevel') === 'HIGH_ASSURANCE'
    ? may(
        'requiredSessionLevel',
        'it requires a high assurance session, which a machine login never has',
        'require the level STANDARD',
      )
    : FINE),
];

const apexHandler: LoginRule = ({ value }) => {
  const name = value('apexHandler');
  return typeof name === 'string' && name !== ''
    ? unread('apexHandler', `the Apex class ${name} decides who gets access, and code is not read`, 'read the class')
    : FINE;
};

export const LOGIN_RULES: readonly LoginRule[] = [
  switchedOn,
  scopes,
  permitted,
  certificate,
  clientCredentials,
  refreshTokens,
  addresses,
  clientSide,
  apexHandler,
];
