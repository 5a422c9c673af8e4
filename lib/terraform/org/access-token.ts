import { authenticate } from '../../org/authenticate';
import type { Clock } from '../../org/clock';
import type { Credentials } from '../../org/credentials';
import type { Environment } from '../../org/login';
import { audienceOf } from '../../org/login-url';
import { proxySettings } from '../../org/proxy';
import { runProcess } from '../../org/run-process';
import type { AccessToken } from '../../org/token';
import type { ProviderConfig } from './provider-config';
import { loginOf } from './provider-login';

/** How an app of the org logs in. Holds secrets. */
export type AppLogin = {
  readonly clientId: string;
  /** Default: the address of the org. */
  readonly loginUrl?: string;
} & ({ readonly clientSecret: string } | { readonly privateKey: string; readonly username: string });

/** A session of the provider's own login, or of an app. @throws OrgError, without secrets */
export async function accessTokenOf(
  config: ProviderConfig,
  app: AppLogin | undefined,
  environment: Environment,
  clock: Clock,
): Promise<AccessToken> {
  const tools = { clock, run: runProcess, wire: { timeoutMs: 120_000, proxy: proxySettings(environment) } };
  const own = loginOf(config);
  if (!app) return authenticate(own, tools);
  const loginUrl = app.loginUrl ?? (await authenticate(own, tools)).instanceUrl;
  return authenticate(credentialsOf(app, loginUrl), tools);
}

function credentialsOf(app: AppLogin, loginUrl: string): Credentials {
  const { clientId } = app;
  if ('clientSecret' in app) {
    return { kind: 'client-credentials', clientId, clientSecret: app.clientSecret, loginUrl };
  }
  const { username, privateKey } = app;
  const pem = { pem: privateKey, variable: 'private_key' };
  return { kind: 'jwt-bearer', clientId, username, privateKey: pem, loginUrl, audience: audienceOf(loginUrl) };
}
