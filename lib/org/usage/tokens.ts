import { z } from 'zod';

import { type Asking, countRows, dataPath, get, inShape, orNotEvaluated, queryRows } from './ask';
import type { OrgAppFacts, TokenFacts } from './facts';

/** What one query of OauthToken gives at most, in pages of 500 (Object Reference). */
const ROWS_OF_A_QUERY = 2500;

/** AccessToken, RequestToken and DeleteToken are never among them. Sorted by what the Object Reference lets be sorted. */
const QUERY =
  'SELECT AppName, AppMenuItem.ApplicationId, UserId, User.Username, User.IsActive, CreatedDate, LastUsedDate, UseCount ' +
  'FROM OauthToken ORDER BY UserId, AppName';

const Row = z.object({
  AppName: z.string().nullable(),
  AppMenuItem: z.object({ ApplicationId: z.string().nullish() }).nullish(),
  UserId: z.string(),
  User: z.object({ Username: z.string(), IsActive: z.boolean() }).nullable(),
  CreatedDate: z.string().nullish(),
  LastUsedDate: z.string().nullish(),
  UseCount: z.number().nullish(),
});

const NO_NAME = '(no name)';

export interface TokenAnswer {
  readonly tokens: readonly TokenFacts[];
  readonly inAll: number;
}

/** Every token the org lists, 2,500 at a time. Where OFFSET is refused, the first 2,500, and how many there are. */
export async function readTokens(asking: Asking): Promise<TokenAnswer> {
  const what = 'read OAuth tokens';
  const inAll = await countRows(asking, what, 'SELECT COUNT() FROM OauthToken');
  const rows = [...(await queryRows(asking, what, `${QUERY} LIMIT ${ROWS_OF_A_QUERY}`, Row))];
  while (rows.length < inAll) {
    const more = await orNotEvaluated(asking, 'the tokens after the first 2,500', undefined, () =>
      queryRows(asking, what, `${QUERY} LIMIT ${ROWS_OF_A_QUERY} OFFSET ${rows.length}`, Row),
    );
    if (more === undefined || more.length === 0) break;
    rows.push(...more);
  }
  return { tokens: rows.map(factsOf), inAll };
}

const factsOf = (row: z.infer<typeof Row>): TokenFacts => ({
  app: row.AppName ?? NO_NAME,
  ...(typeof row.AppMenuItem?.ApplicationId === 'string' && { applicationId: row.AppMenuItem.ApplicationId }),
  userId: row.UserId,
  user: row.User?.Username ?? row.UserId,
  ...(row.User && { userActive: row.User.IsActive }),
  ...(typeof row.CreatedDate === 'string' && { created: row.CreatedDate }),
  ...(typeof row.LastUsedDate === 'string' && { lastUsed: row.LastUsedDate }),
  uses: row.UseCount ?? 0,
});

const Users = z.object({
  users: z.array(z.object({ userIdentifier: z.string(), username: z.string() })),
});
const Tokens = z.object({
  tokens: z.array(
    z.object({
      initialConnectionAt: z.string().nullish(),
      lastUsedAt: z.string().nullish(),
      useCount: z.number().nullish(),
      userIdentifier: z.string(),
      username: z.string(),
    }),
  ),
});

/** Users whose tokens are asked for one by one; past that it would cost too many calls. */
const MOST_USERS = 500;

/** Tokens of an External Client App from the usage resources of the Connect REST API, for orgs where OauthToken has none. */
export async function readEcaTokens(asking: Asking, app: OrgAppFacts): Promise<readonly TokenFacts[]> {
  const what = `read the OAuth usage of ${app.label}`;
  const users: z.infer<typeof Users>['users'] = [];
  for (let page = 0; ; page += 1) {
    const path = dataPath(asking, `/apps/oauth/usage/${app.id}/users?page=${page}&pageSize=100`);
    const { users: more } = inShape(what, Users, await get(asking, what, path));
    // The address of a next page is given with every page, the last one included; an empty page is the end.
    if (more.length === 0) break;
    users.push(...more);
  }
  const tokens: TokenFacts[] = [];
  for (const { userIdentifier } of users.slice(0, MOST_USERS)) {
    const path = dataPath(asking, `/apps/oauth/usage/${app.id}/${userIdentifier}/tokens`);
    const answer = inShape(what, Tokens, await get(asking, what, path));
    tokens.push(
      ...answer.tokens.map((token) => ({
        app: app.label,
        applicationId: app.id,
        userId: token.userIdentifier,
        user: token.username,
        ...(typeof token.initialConnectionAt === 'string' && { created: token.initialConnectionAt }),
        ...(typeof token.lastUsedAt === 'string' && { lastUsed: token.lastUsedAt }),
        uses: token.useCount ?? 0,
      })),
    );
  }
  if (users.length > MOST_USERS) {
    asking.notEvaluated.push({
      what: `tokens of ${app.label} after the first ${MOST_USERS} users`,
      why: `${app.label} has ${users.length} users, and each costs an API call`,
    });
  }
  return tokens;
}
