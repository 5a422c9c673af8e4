import type { OrgContext } from '../context';
import { randomText } from '../ids';
import { copyOf, nextId, type OrgUser } from '../state';
import { labelOf, sameApp, usageOf, withUsage } from './grants';
import type { Grant, GrantedApp } from './state';

/** How LoginHistory calls each grant; the spelling of the sub types is the emulator's own. */
const SUB_TYPES: Readonly<Record<string, string>> = {
  client_credentials: 'OAuth Client Credentials',
  refresh_token: 'OAuth Refresh Token',
};

export interface Issued {
  readonly user: OrgUser;
  readonly accessToken: string;
  /** As the request names it. */
  readonly grantType: string;
}

/** Keeps an access token that the token endpoint gave out: a use of the user's grant, which is made where there is none. */
export function recordIssue(context: OrgContext, app: GrantedApp, issued: Issued, renewed?: Grant): void {
  const { user, accessToken, grantType } = issued;
  const draft = copyOf(context.state());
  const time = context.now();
  const { grants, logins } = usageOf(draft);
  const found = renewed ?? grants.find((grant) => sameApp(grant.app, app) && grant.userId === user.id);
  const before: Grant = found ?? {
    id: nextId(draft, '0Rt'),
    app,
    userId: user.id,
    createdDate: time,
    useCount: 0,
    deleteToken: `EMULATORDELETE${randomText(40)}`,
    accessTokens: [],
  };
  const after: Grant = {
    ...before,
    lastUsedDate: time,
    useCount: before.useCount + 1,
    accessTokens: [...before.accessTokens, accessToken],
  };
  const login = {
    id: nextId(draft, '0Ya'),
    userId: user.id,
    time,
    application: labelOf(draft, app),
    type: 'Remote Access 2.0',
    subType: SUB_TYPES[grantType] ?? 'OAuth JWT Bearer',
    sourceIp: '127.0.0.1',
    status: 'Success',
  };
  const kept = grants.filter(({ id }) => id !== before.id);
  context.commit(withUsage(draft, { grants: [...kept, after], logins: [...logins, login] }));
}
