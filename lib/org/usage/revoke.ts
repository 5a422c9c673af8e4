import { z } from 'zod';

import { sameId } from '../../values/record-id';
import { isGrantedBefore, isUnusedSince, type TokenUse } from '../../values/token-use';
import type { Door } from '../door';
import type { CallOptions } from '../org';
import { isOrgError } from '../org-error';
import { redactor } from '../redact';
import { soqlText } from '../soql';
import { type Asking, dataPath, get, inShape, queryRows, senseless } from './ask';
import type { RevokeOutcome, RevokeRequest, TokenFilter } from './facts';

/** DeleteToken stays in this file: it is asked for, sent to the revoke endpoint, and kept nowhere. */
const Row = z.object({
  AppMenuItem: z.object({ ApplicationId: z.string().nullish() }).nullish(),
  UserId: z.string(),
  LastUsedDate: z.string().nullish(),
  CreatedDate: z.string().nullish(),
  DeleteToken: z.string().nullable(),
});

const Tokens = z.object({
  tokens: z.array(
    z.object({
      lastUsedAt: z.string().nullish(),
      initialConnectionAt: z.string().nullish(),
      revocationUrl: z.string(),
      userIdentifier: z.string(),
    }),
  ),
});

/** One token, and how it is ended. */
interface Ending {
  readonly userId: string;
  readonly end: () => Promise<unknown>;
}

/** A token may have been used since someone chose it. */
const isWanted = (use: TokenUse, { unusedSince, grantedBefore }: TokenFilter): boolean =>
  (unusedSince === undefined || isUnusedSince(use, unusedSince)) &&
  (grantedBefore === undefined || isGrantedBefore(use, grantedBefore));

/**
 * Ends tokens of one app, one after the other. A token that cannot be ended does not keep the others from theirs; what
 * ends the connection ends the work, and the answer says so. Run again, it goes on with what is left.
 */
export async function revokeTokens(
  door: Door,
  request: RevokeRequest,
  apiVersion: number,
  { signal, onEnded }: CallOptions & { readonly onEnded?: (count: number) => void } = {},
): Promise<RevokeOutcome> {
  const asking: Asking = { door, apiVersion, signal, notEvaluated: [] };
  const { externalClientApp: eca, filter } = request;
  const endings =
    eca === undefined ? await endingsByDeleteToken(asking, request) : await endingsByConnect(asking, eca, filter);
  const failed: { userId: string; why: string }[] = [];
  let ended = 0;
  for (const { userId, end } of endings) {
    try {
      await end();
      ended += 1;
      onEnded?.(ended);
    } catch (error) {
      if (!isOrgError(error)) throw error;
      failed.push({ userId, why: error.message });
      if (error.kind === 'unreachable' || error.kind === 'login' || error.kind === 'aborted') {
        return { ended, failed, broken: error.message };
      }
    }
  }
  return { ended, failed };
}

async function endingsByDeleteToken(
  asking: Asking,
  { label, applicationIds, filter }: RevokeRequest,
): Promise<readonly Ending[]> {
  const what = `read the tokens of ${label}`;
  const soql =
    'SELECT AppMenuItem.ApplicationId, UserId, LastUsedDate, CreatedDate, DeleteToken ' +
    `FROM OauthToken WHERE AppName = ${soqlText(label)}`;
  const rows = await queryRows(asking, what, soql, Row);
  const wanted = rows.filter(({ AppMenuItem: item, UserId, LastUsedDate, CreatedDate }) => {
    const id = item?.ApplicationId ?? undefined;
    const its = applicationIds.some((each) =>
      each === undefined || id === undefined ? each === id : sameId(each, id),
    );
    const dates = { lastUsed: LastUsedDate, created: CreatedDate };
    return its && concerns(filter, UserId) && isWanted(dates, filter);
  });
  return wanted.map(({ UserId, DeleteToken }) => ({
    userId: UserId,
    end: () => endByDeleteToken(asking, DeleteToken),
  }));
}

const concerns = ({ userIds }: TokenFilter, userId: string): boolean => userIds.some((id) => sameId(id, userId));

async function endByDeleteToken({ door, apiVersion, signal }: Asking, token: string | null): Promise<void> {
  const what = 'revoke a token';
  if (token === null) throw senseless(what);
  const redact = redactor([token]);
  try {
    await door.call({ what, apiVersion, signal, mode: 'write', protocol: 'rest' }, (api) =>
      api.connection.request({
        method: 'POST',
        url: `${door.instanceUrl}/services/oauth2/revoke`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token }).toString(),
      }),
    );
  } catch (error) {
    if (isOrgError(error)) error.message = redact(error.message);
    throw error;
  }
}

async function endingsByConnect(asking: Asking, app: string, filter: TokenFilter): Promise<readonly Ending[]> {
  const what = 'read the tokens of the app';
  const endings: Ending[] = [];
  for (const user of filter.userIds) {
    const path = dataPath(asking, `/apps/oauth/usage/${app}/${user}/tokens`);
    const { tokens } = inShape(what, Tokens, await get(asking, what, path));
    for (const { revocationUrl, userIdentifier, lastUsedAt, initialConnectionAt } of tokens) {
      if (!isWanted({ lastUsed: lastUsedAt, created: initialConnectionAt }, filter)) continue;
      // Only ever a path of this API: an address elsewhere would be sent the access token.
      if (!/^\/services\/data\/v\d+\.\d\/apps\/oauth\/usage\/tokens\/\w+$/.test(revocationUrl)) throw senseless(what);
      endings.push({ userId: userIdentifier, end: () => remove(asking, revocationUrl) });
    }
  }
  return endings;
}

function remove({ door, apiVersion, signal }: Asking, path: string): Promise<unknown> {
  return door.call({ what: 'revoke a token', apiVersion, signal, mode: 'write', protocol: 'rest' }, (api) =>
    api.connection.requestDelete(path),
  );
}
