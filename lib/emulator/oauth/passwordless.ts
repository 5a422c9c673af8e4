import { type HttpRequest, mayUse, type OrgContext, type Refusal, refuse, type Session } from '../context';
import { type Fields, isFields } from '../fields';
import { randomText } from '../ids';
import { componentsOf, type OrgState, type OrgUser } from '../state';
import { basicOf } from './credentials';

/** No e-mail is sent: every one-time password of an emulated org is this. */
const EMULATOR_OTP = '000000';
const LIFETIME_MS = 10 * 60_000;

/** What the sites of the org say about headless logins. */
const settingsOf = (org: OrgState): Fields | undefined =>
  componentsOf(org, 'Network')
    .map(({ fields }) => fields['networkAuthApiSettings'])
    .filter(isFields)
    .find((settings) => settings['isPwdlessLoginAllowed'] === true);

/** Starts a login without a password, and says by which identifier it goes on. */
export function startPasswordless(
  context: OrgContext,
  given: { readonly username?: unknown; readonly recaptcha?: unknown },
  session: Session | undefined,
): { readonly identifier: string; readonly status: 'success' } | Refusal {
  const settings = settingsOf(context.state());
  if (settings === undefined) return refuse('FORBIDDEN', 'Passwordless login is not enabled for the site', 403);
  if (settings['doesPwdlessLoginRequireAuth'] === true && !(session && mayUse(session, 'pwdless_login_api'))) {
    return refuse('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  }
  const { username, recaptcha } = given;
  if (settings['isRecaptchaRequiredPwdlessLogin'] === true && (typeof recaptcha !== 'string' || recaptcha === '')) {
    return refuse('INVALID_INPUT', 'recaptcha is missing');
  }
  if (typeof username !== 'string' || username === '') return refuse('INVALID_INPUT', 'username is missing');
  const identifier = `EMULATOR${randomText(24)}`;
  context.pendingLogins.set(identifier, {
    userId: context.state().users.find((user) => user.active && user.username === username)?.id,
    expires: new Date(Date.parse(context.now()) + LIFETIME_MS).toISOString(),
  });
  return { identifier, status: 'success' };
}

/** Whose login the identifier and the one-time password of the Basic header end, once. */
export function userOfOneTimePassword(context: OrgContext, request: HttpRequest): OrgUser | undefined {
  const [identifier, password] = basicOf(request) ?? [];
  const pending = context.pendingLogins.get(identifier ?? '');
  context.pendingLogins.delete(identifier ?? '');
  if (pending === undefined || pending.expires <= context.now() || password !== EMULATOR_OTP) return undefined;
  return context.state().users.find(({ id, active, site }) => active && site !== 'guest' && id === pending.userId);
}
