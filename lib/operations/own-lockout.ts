import { liveText } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import type { CallOptions, Org, OrgIdentity } from '../org/org';
import { isOwnApp, loginWords } from '../plan/own-login';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { readApps } from './read-org';
import type { RevokePlan } from './revoke-tokens';

/** Who does it, and the apps, by API name, whose login may be cut off by it. */
export interface Lockout {
  readonly identity: Pick<OrgIdentity, 'clientId' | 'login' | 'username'>;
  readonly acceptLockout?: readonly string[] | undefined;
}

/** Why a command would cut its own login off; undefined where the app is another one, or someone accepted that by name. */
export function ownLockout(
  app: ObservedApp,
  { identity, acceptLockout = [] }: Lockout,
  what: { readonly reason: string; readonly verb: string },
): Diagnostic | undefined {
  if (!isOwnApp(app, identity) || acceptLockout.includes(app.apiName)) return undefined;
  return lockout(app.apiName, identity, { ...what, certainty: 'cuts' });
}

const lockout = (
  app: string,
  identity: Lockout['identity'],
  { reason, verb, certainty }: { readonly reason: string; readonly verb: string; readonly certainty: string },
): Diagnostic =>
  diagnose('self-lockout/command', { path: app }, { app, login: loginWords(identity), certainty, reason, verb });

/**
 * Refuses to end the refresh token that this very login may live on. A login by JWT bearer or client credentials needs
 * none: the next run gets a token of its own. Where the app of the login is not known, nothing can be compared.
 * @throws ClientAppsError REFUSED; OrgError.
 */
export async function refuseOwnTokens(
  org: Org,
  { chosen: { label, record, tokens }, identity }: RevokePlan,
  given: Pick<Lockout, 'acceptLockout'> & { readonly apiVersion: number },
  options: CallOptions,
): Promise<void> {
  const { clientId, login, username } = identity;
  const name = record?.apiName ?? label;
  if (clientId === undefined || login || given.acceptLockout?.includes(name) === true) return;
  if (!tokens.some(({ user }) => user.toLowerCase() === username?.toLowerCase())) return;
  const key = record && (await keyOf(org, record, given.apiVersion, options));
  if (key !== undefined && key !== clientId) return;
  const reason = `tokens of ${username ?? 'its user'} are among those that end`;
  const certainty = key === undefined ? 'can cut' : 'cuts';
  throw new ClientAppsError('REFUSED', [lockout(name, identity, { reason, verb: 'end them', certainty })]);
}

/** The consumer key of an app of the org; undefined where it could not be read. */
async function keyOf(
  org: Org,
  { platform, apiName = '' }: NonNullable<RevokePlan['chosen']['record']>,
  apiVersion: number,
  options: CallOptions,
): Promise<string | undefined> {
  const concerns = (app: ObservedApp): boolean => app.apiName === apiName;
  const { observed } = await readApps(org, apiVersion, options, { concerns });
  return liveText((platform === 'connected-app' ? observed.connectedApps : observed.apps).get(apiName), 'consumerKey');
}
