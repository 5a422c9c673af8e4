import type { HttpRequest, OrgContext } from '../context';
import type { OrgUser } from '../state';
import { type Asked, type AuthorizeAnswer, redirect, userWith, whatIsAsked, withCode } from './authorize';
import { approvedFor } from './client';
import { addressOf, basicOf } from './credentials';
import { userOfOneTimePassword } from './passwordless';
import { orgAllowsHeadless } from './rules';

interface Refused {
  readonly error: string;
  readonly description: string;
}

/** Who logs in: a user, or a visitor whom no one knows. */
type Found = { readonly user: OrgUser; readonly visitor?: string } | Refused;

const refused = (error: string, description: string): Refused => ({ error, description });

/** What a client that has a login form of its own sends: in the body of a POST, in the address, in headers. */
interface Sent {
  readonly request: HttpRequest;
  /** The body’s fields; none of a GET. */
  readonly form: URLSearchParams;
  /** The question: of the address and the body. */
  readonly query: URLSearchParams;
}

/** The authorization endpoint for the Authorization Code and Credentials Flow: no page, one answer. */
export function headlessLogin(context: OrgContext, sent: Sent): AuthorizeAnswer {
  const asked = whatIsAsked(context, sent.query, 'code_credentials');
  if (!('client' in asked)) return asked;
  const { headless } = asked.client.rules;
  const found =
    headless.enabled && orgAllowsHeadless(context.state())
      ? whoLogsIn(context, asked, sent)
      : refused('unsupported_response_type', 'the Authorization Code and Credentials Flow is not enabled');
  if ('error' in found) {
    return redirect(sent.query, asked.redirectUri, { error: found.error, error_description: found.description });
  }
  const site = { sfdc_community_url: context.url(), sfdc_community_id: SITE };
  return withCode(context, sent.query, asked, found.user, {
    ...site,
    ...(found.visitor !== undefined && { visitor: found.visitor }),
  });
}

/** The one Experience Cloud site of the emulated org, which answers under the org’s own address. */
const SITE = '0DB000000000001AAA';

function whoLogsIn(context: OrgContext, asked: Asked, sent: Sent): Found {
  switch (sent.request.headers['auth-request-type']?.toLowerCase()) {
    case 'named-user':
      return admitted(context, asked, sent, namedUser(context, asked, sent));
    case 'passwordless-login':
      return admitted(context, asked, sent, userOfOneTimePassword(context, sent.request) ?? WRONG);
    case 'guest':
      return guest(context, asked, sent.request);
    default:
      return refused('invalid_request', 'the header Auth-Request-Type must be Named-User, Guest or passwordless-login');
  }
}

const WRONG = refused('invalid_grant', 'authentication failure');

function namedUser(context: OrgContext, { client }: Asked, { request, form }: Sent): OrgUser | Refused {
  const basic = basicOf(request);
  const elsewhere = basic !== undefined || request.query.has('username') || request.query.has('password');
  if (client.rules.headless.postOnly && (request.method !== 'POST' || elsewhere)) {
    return refused('invalid_request', 'user credentials must be sent in the POST body');
  }
  const [name, password] = basic ?? [
    form.get('username') ?? request.query.get('username'),
    form.get('password') ?? request.query.get('password'),
  ];
  return userWith(context.state(), name, password) ?? WRONG;
}

/** The user, where site and app let him in; there is no page to ask for consent on, so that logging in counts as such. */
function admitted(context: OrgContext, { client }: Asked, { request }: Sent, user: OrgUser | Refused): Found {
  if ('error' in user) return user;
  if (user.site !== 'member' && !context.switches.headlessLoginOfEmployees) {
    return refused('invalid_grant', 'user is no member of the Experience Cloud site');
  }
  if (!client.rules.admits(addressOf(request))) return refused('access_denied', 'ip restricted');
  return client.preAuthorized && !approvedFor(client, user)
    ? refused('OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app')
    : { user };
}

/** No one is asked for a password, as there is no one to know: the visitor’s own ID is all that the token says. */
function guest(context: OrgContext, { client }: Asked, { headers }: HttpRequest): Found {
  if (!client.rules.headless.guests) return refused('unsupported_response_type', 'the guest flow is not enabled');
  const visitor = headers['uvid-hint'];
  if (visitor === undefined) return refused('invalid_request', 'the header Uvid-Hint is missing');
  const user = context.state().users.find(({ active, site }) => active && site === 'guest');
  return user === undefined ? refused('invalid_grant', 'the site has no guest user') : { user, visitor };
}
