import { z } from 'zod';

import { classify } from './classify-error';
import { type Clock, clockWords } from './clock';
import { originOf } from './login-url';
import { OrgError } from './org-error';
import { patiently, retryAfterMs, serverTime } from './patience';
import { type Redact, redactor } from './redact';
import { exchange, type WireOptions, type WireResponse } from './transport';

/** A session in an org. Holds a secret. */
export interface AccessToken {
  readonly accessToken: string;
  readonly instanceUrl: string;
  /** Of the user whom the session acts for. */
  readonly userId?: string;
}

const Granted = z.object({
  access_token: z.string().min(1),
  instance_url: z.string().min(1),
  // The identity URL: https://login.salesforce.com/id/00D…/005…
  id: z.string().optional(),
});
const Denied = z.object({ error: z.string(), error_description: z.string().optional() });

const FRESH_APP = 'it can take up to 30 minutes for a new or changed app to be recognized';

/** What usually lies behind an OAuth error code at the token endpoint. */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_client_id: `check the consumer key; ${FRESH_APP}`,
  invalid_client: 'check the consumer key and the consumer secret',
  invalid_app_access: 'assign the user a permission set or profile that the app is preauthorized for',
  invalid_grant:
    'check that the certificate on the app belongs to the key, that the user exists, is active and preauthorized, ' +
    'that SF_LOGIN_URL fits the type of org, that the login IP ranges admit this machine, and its clock',
  invalid_request: 'add the scope RefreshToken to the app and let administrators preauthorize its users',
  OAUTH_EC_APP_NOT_FOUND: `the External Client App is not known to this org; ${FRESH_APP}`,
  unsupported_grant_type: 'switch the flow on for the app and for the org',
};

/**
 * Asks a token endpoint (RFC 6749), again where that may help: a second token does no harm.
 * @param secrets Values of the form that must not appear in an error.
 * @throws OrgError `login` where the server said no, `answer` where it made no sense, `unreachable`.
 */
export async function requestToken(
  loginUrl: string,
  form: Readonly<Record<string, string>>,
  secrets: readonly string[],
  options: WireOptions,
  clock: Clock,
): Promise<AccessToken> {
  return patiently(() => requestOnce(loginUrl, form, redactor(secrets), options, clock), {
    clock,
    signal: options.signal,
  });
}

async function requestOnce(
  loginUrl: string,
  form: Readonly<Record<string, string>>,
  redact: Redact,
  options: WireOptions,
  clock: Clock,
): Promise<AccessToken> {
  const what = `log in at ${loginUrl}`;
  const request = {
    method: 'POST',
    url: `${loginUrl}/services/oauth2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  };
  const response = await exchange(request, options).catch((error: unknown) => {
    throw classify(error, what, redact).error;
  });
  const body = parseJson(response.body);
  const denied = Denied.safeParse(body);
  const later = response.statusCode >= 500 || response.statusCode === 429;
  if (denied.success && !later) {
    const { error, error_description: description } = denied.data;
    throw new OrgError(
      'login',
      redact(`Could not ${what}: ${error}${description === undefined ? '' : `: ${description.slice(0, 500)}`}`),
      remedyOf(error, response, clock.now()),
      { errorCode: redact(error) },
    );
  }
  const granted = Granted.safeParse(body);
  if (response.statusCode !== 200 || !granted.success) {
    throw noToken(response, what, clock.now());
  }
  const instance = originOf(granted.data.instance_url);
  if ('problem' in instance) {
    const problem = `the answer names an instance URL that cannot be used: ${instance.problem}`;
    throw new OrgError('answer', `Could not ${what}: ${problem}`, 'check the login URL');
  }
  const userId = /\/(005[A-Za-z0-9]{12,15})$/.exec(granted.data.id ?? '')?.[1];
  return {
    accessToken: granted.data.access_token,
    instanceUrl: instance.origin,
    ...(userId !== undefined && { userId }),
  };
}

/** Salesforce takes assertions that end within three minutes: a clock that is further off is the reason. */
const MOST_SKEW_MS = 60_000;

function remedyOf(error: string, { headers }: WireResponse, now: number): string {
  const skew = (serverTime(headers) ?? now) - now;
  if (error === 'invalid_grant' && Math.abs(skew) > MOST_SKEW_MS) {
    return `set the clock of this machine (NTP), which is ${clockWords(skew)} the server; if that is not it, ${REMEDIES[error] ?? ''}`;
  }
  return REMEDIES[error] ?? 'see the message; it is the token endpoint’s own';
}

function noToken({ statusCode, headers }: WireResponse, what: string, now: number): OrgError {
  const later = statusCode >= 500 || statusCode === 429;
  return new OrgError(
    later ? 'unreachable' : 'answer',
    `Could not ${what}: the server answered ${statusCode} without an access token`,
    later ? 'try again later' : 'check that the login URL is a Salesforce address',
    { errorCode: `ERROR_HTTP_${statusCode}`, retryAfterMs: retryAfterMs(headers, now) },
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
