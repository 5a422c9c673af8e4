import type { OrgContext } from '../context';
import { randomText } from '../ids';
import { copyOf, nextId, type OrgUser } from '../state';
import { labelOf, sameApp, usageOf, withUsage } from './grants';
import type { Grant, GrantedApp, IssuedSession } from './state';

/** How LoginHistory calls each grant; the spelling of the sub types is the emulator's own. */
const SUB_TYPES: Readonly<Record<string, string>> = {
  client_credentials: 'OAuth Client Credentials',
  refresh_token: 'OAuth Refresh Token',
  authorization_code: 'OAuth Web Server',
  device: 'OAuth Device',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'OAuth Token Exchange',
};

export interface Issued {
  readonly user: OrgUser;
  readonly accessToken: string;
  /** As the request names it. */
  readonly grantType: string;
  readonly session: Required<IssuedSession>;
  /** The grant whose refresh token was traded in. */
  readonly renewed?: Grant;
  /** A new one: of a login, or in place of the one that was traded in. */
  readonly refreshToken?: string;
  /** What the user let the app do at this login. */
  readonly scopes?: readonly string[];
}

/** Of one user and app; the oldest ends when another one comes. */
const MOST_GRANTS = 5;

/**
 * Keeps what the token endpoint gave out. A login that gets a refresh token is a grant of its own; any other is a use of
 * the user’s grant, which is made where there is none.
 */
export function recordIssue(context: OrgContext, app: GrantedApp, issued: Issued): void {
  const { user, accessToken, grantType, session, renewed, refreshToken, scopes } = issued;
  const draft = copyOf(context.state());
  const time = context.now();
  const { grants, logins } = usageOf(draft);
  const own = grants.filter((grant) => sameApp(grant.app, app) && grant.userId === user.id);
  const isLogin = refreshToken !== undefined && renewed === undefined;
  const found = renewed ?? (isLogin ? undefined : own.at(-1));
  const before: Grant = found ?? {
    id: nextId(draft, '0Rt'),
    app,
    userId: user.id,
    createdDate: time,
    useCount: 0,
    deleteToken: `EMULATORDELETE${randomText(40)}`,
    accessTokens: [],
  };
  const replaced = renewed !== undefined && refreshToken !== undefined ? renewed.refreshToken : undefined;
  const { sessions = {} } = before;
  const lives = (token: string): boolean => {
    const { expires } = sessions[token] ?? {};
    return expires === undefined || expires > time;
  };
  const after: Grant = {
    ...before,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(scopes && { scopes }),
    ...(replaced !== undefined && { rotatedOut: [...(before.rotatedOut ?? []), replaced] }),
    lastUsedDate: time,
    useCount: before.useCount + 1,
    accessTokens: [...before.accessTokens.filter(lives), accessToken],
    sessions: {
      ...Object.fromEntries(Object.entries(sessions).filter(([token]) => lives(token))),
      [accessToken]: session,
    },
  };
  const login = {
    id: nextId(draft, '0Ya'),
    userId: user.id,
    time,
    application: labelOf(draft, app),
    type: 'Remote Access 2.0',
    subType: SUB_TYPES[grantType] ?? 'OAuth JWT Bearer',
    sourceIp: session.address,
    status: 'Success',
  };
  const tooMany = isLogin ? own.slice(0, Math.max(0, own.length - MOST_GRANTS + 1)) : [];
  const kept = grants.filter((grant) => grant.id !== before.id && !tooMany.includes(grant));
  context.commit(withUsage(draft, { grants: [...kept, after], logins: [...logins, login] }));
}
