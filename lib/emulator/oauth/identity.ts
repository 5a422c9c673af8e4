import { sameId } from '../../values/record-id';
import { mayUse, type OrgContext, type Refusal, refuse, type Session } from '../context';
import type { OrgUser } from '../state';
import { mayUseApi } from '../usage/permissions';

/** What Salesforce calls one scope under five names, and those that hold it. */
const OF_IDENTITY = ['id', 'profile', 'email', 'address', 'phone', 'openid'];

const NO_SCOPE = refuse('INVALID_SESSION_ID', 'This session is not valid for use with the identity service', 403);

const lacksScope = (context: OrgContext, session: Session): boolean =>
  context.switches.identityNeedsScope && !OF_IDENTITY.some((scope) => mayUse(session, scope));

/** What the OpenID Connect userinfo endpoint says: of the session’s own user alone. */
export function userinfo(context: OrgContext, session: Session): object | Refusal {
  if (lacksScope(context, session)) return NO_SCOPE;
  const { user } = session;
  return {
    sub: identityUrl(context, user),
    preferred_username: user.username,
    name: displayName(user),
    ...described(context, user),
  };
}

/**
 * What the identity URL says. That of another user is open to employees whose token has the scope `api` or `full`, and who
 * may use the API; the org’s sharing rules are taken to hide no user.
 */
export function identity(
  context: OrgContext,
  session: Session,
  asked: { readonly org: string; readonly user: string },
): object | Refusal {
  if (lacksScope(context, session)) return NO_SCOPE;
  const { orgId, users } = context.state();
  const own = sameId(asked.user, session.user.id);
  const user = users.find(({ id }) => sameId(id, asked.user));
  if (user === undefined || !sameId(asked.org, orgId) || !(own || seesOthers(context, session))) {
    return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  return {
    id: identityUrl(context, user),
    asserted_user: own,
    username: user.username,
    display_name: displayName(user),
    ...described(context, user),
  };
}

const seesOthers = (context: OrgContext, session: Session): boolean =>
  session.user.site === undefined && mayUse(session, 'api') && mayUseApi(context.state(), session.user);

const identityUrl = (context: OrgContext, { id }: OrgUser): string =>
  `${context.url()}/id/${context.state().orgId}/${id}`;

const displayName = ({ username }: OrgUser): string => username.split('@')[0] ?? username;

/** Which license a member of a site has is not known to the emulator. */
const USER_TYPES = { employee: 'STANDARD', member: 'CSP_LITE_PORTAL', guest: 'GUEST' };

/** What both say. */
function described(context: OrgContext, user: OrgUser): object {
  const { orgId } = context.state();
  return {
    user_id: user.id,
    organization_id: orgId,
    email: user.email ?? user.username,
    active: user.active,
    user_type: USER_TYPES[user.site ?? 'employee'],
    urls: {
      rest: `${context.url()}/services/data/v{version}/`,
      metadata: `${context.url()}/services/Soap/m/{version}/${orgId}`,
    },
  };
}
