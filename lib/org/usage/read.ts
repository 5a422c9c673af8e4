import { z } from 'zod';

import { CONNECTED_APP, HEADER } from '../../values/metadata-types';
import { shortId } from '../../values/record-id';
import { type QueryAnswer, queryTogether } from '../composite-query';
import type { Door } from '../door';
import type { CallOptions } from '../org';
import { CUSTOMIZE_APPLICATION, DOOR_OPENING, EXTERNAL_CLIENT_APP_ADMIN, SEES_LOGINS } from '../permissions';
import { inQueries, soqlList } from '../soql';
import { type Asking, inShape, orNotEvaluated, ownPermissions, permitted, queryRows } from './ask';
import type { LoginFacts, OrgAppFacts, PermissionHolders, TokenFacts, UsageFacts, UsageRequest } from './facts';
import { readEcaTokens, readTokens, type TokenAnswer } from './tokens';

const OWN = [CUSTOMIZE_APPLICATION.name, ...SEES_LOGINS.names];

const loginsQuery = (since: string): string =>
  'SELECT Application a, LoginType t, LoginSubType f, Status s, COUNT(Id) n, COUNT_DISTINCT(SourceIp) i, ' +
  `MAX(LoginTime) m FROM LoginHistory WHERE LoginTime >= ${since} GROUP BY Application, LoginType, LoginSubType, Status`;

const holdersQuery = (permission: string): string =>
  `SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Permissions${permission} = true ` +
  'AND Assignee.IsActive = true';

const CONNECTED_APPLICATIONS = 'SELECT Id, Name, OptionsAllowAdminApprovedUsersOnly FROM ConnectedApplication';

const Login = z.object({
  a: z.string().nullable(),
  t: z.string().nullable(),
  f: z.string().nullish(),
  s: z.string().nullable(),
  n: z.number(),
  i: z.number(),
  m: z.string(),
});
const Eca = z.object({ Id: z.string(), DeveloperName: z.string(), MasterLabel: z.string() });
const ConnectedApplication = z.object({
  Id: z.string(),
  Name: z.string(),
  OptionsAllowAdminApprovedUsersOnly: z.boolean(),
});
const Holder = z.object({ Assignee: z.object({ Username: z.string() }) });
const Package = z.object({ SubscriberPackage: z.object({ Name: z.string(), NamespacePrefix: z.string().nullish() }) });
const Listed = z.object({ id: z.string(), fullName: z.string(), namespacePrefix: z.string().nullish() });

/**
 * Reads who uses the org through which app: about a dozen calls, and one for every 500 tokens. What the org refuses, or
 * would show in part only and without saying so, is not evaluated.
 */
export async function readUsage(
  door: Door,
  { since, interactiveOf = [] }: UsageRequest,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<UsageFacts> {
  const asking: Asking = { door, apiVersion, signal, notEvaluated: [] };
  const own = await ownPermissions(asking, OWN);
  const apps = await readApps(asking);
  const listed = await tokensSeen(asking, own);
  const more = listed && apps ? await tokensElsewhere(asking, listed, apps) : [];
  const logins = since === undefined ? {} : await readLogins(asking, own, since, interactiveOf);
  return {
    ...(listed && { tokens: [...listed.tokens, ...more], tokensInAll: listed.inAll + more.length }),
    ...(apps && { apps }),
    ...logins,
    notEvaluated: asking.notEvaluated,
  };
}

/** What a report tells beside apps and tokens. */
async function readLogins(
  asking: Asking,
  own: ReadonlyMap<string, boolean> | undefined,
  since: string,
  interactiveOf: readonly string[],
): Promise<Pick<UsageFacts, 'logins' | 'packages' | 'holders' | 'interactive'>> {
  const logins = await loginsSeen(asking, own, since);
  const packages = await orNotEvaluated(asking, 'names of installed packages', undefined, () => readPackages(asking));
  const holders = await readHolders(asking);
  const interactive = logins && (await readInteractive(asking, interactiveOf, since));
  return { ...(logins && { logins }), ...(interactive && { interactive }), ...(packages && { packages }), holders };
}

/** Without the permission the org shows one's own rows as if they were all there is. */
async function tokensSeen(
  asking: Asking,
  own: ReadonlyMap<string, boolean> | undefined,
): Promise<TokenAnswer | undefined> {
  const { name, label: permission } = CUSTOMIZE_APPLICATION;
  const why = 'without it Salesforce lists only the tokens of the connected user';
  const gap = { what: 'OAuth tokens', why, permission };
  return permitted(asking, own?.get(name) === true, gap, () => readTokens(asking));
}

/** Where no token of an External Client App is listed, the usage resources may know some. */
async function tokensElsewhere(
  asking: Asking,
  { tokens }: TokenAnswer,
  apps: readonly OrgAppFacts[],
): Promise<readonly TokenFacts[]> {
  const ecas = apps.filter(({ platform }) => platform === 'external-client-app');
  const labels = new Set(ecas.map(({ label }) => label));
  if (tokens.some(({ app }) => labels.has(app))) return [];
  const found: TokenFacts[] = [];
  for (const app of ecas) {
    const answer = await orNotEvaluated(
      asking,
      `tokens of the External Client App ${app.label}`,
      EXTERNAL_CLIENT_APP_ADMIN.label,
      () => readEcaTokens(asking, app),
    );
    found.push(...(answer ?? []));
  }
  return found;
}

async function loginsSeen(
  asking: Asking,
  own: ReadonlyMap<string, boolean> | undefined,
  since: string,
): Promise<readonly LoginFacts[] | undefined> {
  const why = 'without it Salesforce lists only the logins of the connected user';
  const gap = { what: 'login history', why, permission: SEES_LOGINS.words };
  const allowed = SEES_LOGINS.names.some((name) => own?.get(name) === true);
  const rows = await permitted(asking, allowed, gap, () =>
    queryRows(asking, 'read the login history', loginsQuery(since), Login),
  );
  return rows?.map(({ a, t, f, s, n, i, m }) => ({
    application: a ?? '',
    type: t ?? '',
    ...(typeof f === 'string' && f !== '' && { flow: f }),
    succeeded: s === 'Success',
    count: n,
    networks: i,
    last: m,
  }));
}

async function readApps(asking: Asking): Promise<readonly OrgAppFacts[] | undefined> {
  return orNotEvaluated(asking, 'apps that are installed', undefined, async () => {
    const what = 'read the apps of the org';
    const [ecas, connected, names] = [
      await queryRows(asking, what, 'SELECT Id, DeveloperName, MasterLabel FROM ExternalClientApplication', Eca),
      await queryRows(asking, what, CONNECTED_APPLICATIONS, ConnectedApplication),
      await listedApps(asking),
    ];
    return [
      ...ecas.map(({ Id, DeveloperName, MasterLabel }): OrgAppFacts => ({
        id: Id,
        label: MasterLabel,
        apiName: DeveloperName,
        platform: 'external-client-app',
        ...namespaceOf(names?.get(shortId(Id))),
      })),
      ...connected.map(({ Id, Name, OptionsAllowAdminApprovedUsersOnly: adminApproved }): OrgAppFacts => {
        const record = names?.get(shortId(Id));
        return {
          id: Id,
          label: Name,
          platform: 'connected-app',
          adminApproved,
          ...(record && { apiName: record.fullName }),
          ...namespaceOf(record),
        };
      }),
    ];
  });
}

const namespaceOf = (record: z.infer<typeof Listed> | undefined): Pick<OrgAppFacts, 'namespace'> => {
  const namespace = record?.namespacePrefix ?? /^(\w+?)__/.exec(record?.fullName ?? '')?.[1];
  return typeof namespace === 'string' && namespace !== '' ? { namespace } : {};
};

/** API names and namespaces, by the first 15 characters of the record's id. */
async function listedApps(asking: Asking): Promise<ReadonlyMap<string, z.infer<typeof Listed>> | undefined> {
  const { door, apiVersion, signal } = asking;
  const what = 'list apps';
  const types = [{ type: CONNECTED_APP }, { type: HEADER }];
  return orNotEvaluated(asking, 'API names and packages of apps', 'Modify Metadata', async () => {
    const answer: unknown = await door.call({ what, apiVersion, signal, mode: 'read', protocol: 'soap' }, (api) =>
      api.metadata.list(types, String(apiVersion)),
    );
    // An org without any gives nothing at all.
    const given = [answer].flat().filter((row) => row !== undefined && row !== null);
    return new Map(inShape(what, z.array(Listed), given).map((row) => [shortId(row.id), row]));
  });
}

async function readPackages(asking: Asking): Promise<ReadonlyMap<string, string>> {
  const soql = 'SELECT SubscriberPackage.Name, SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage';
  const rows = await queryRows(asking, 'read installed packages', soql, Package, '/tooling/query');
  return new Map(rows.map(({ SubscriberPackage: { Name, NamespacePrefix } }) => [NamespacePrefix ?? '', Name]));
}

async function readHolders(asking: Asking): Promise<readonly PermissionHolders[]> {
  const { door, apiVersion, signal } = asking;
  const queries = Object.fromEntries(DOOR_OPENING.map(({ name }) => [name, holdersQuery(name)]));
  const answers: Readonly<Record<string, QueryAnswer>> = await queryTogether(door, queries, {
    what: 'read who holds which permission',
    apiVersion,
    signal,
  });
  return DOOR_OPENING.flatMap(({ name, label }) => {
    const answer = answers[name];
    const rows = answer && 'rows' in answer ? z.array(Holder).safeParse(answer.rows) : undefined;
    if (rows?.success) {
      return [
        { permission: name, label, users: [...new Set(rows.data.map(({ Assignee }) => Assignee.Username))].sort() },
      ];
    }
    asking.notEvaluated.push({ what: `holders of ${label}`, why: whyUnread(answer) });
    return [];
  });
}

const UserId = z.object({ Id: z.string(), Username: z.string() });
const InteractiveLogin = z.object({ u: z.string(), m: z.string() });

/** LoginHistory calls a login to the user interface `Application`; it knows users by their ids alone. */
function readInteractive(
  asking: Asking,
  usernames: readonly string[],
  since: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  return orNotEvaluated(asking, 'logins of run-as users', undefined, async () => {
    const found = new Map<string, string>();
    for (const names of inQueries([...new Set(usernames)])) {
      const what = 'read the logins of run-as users';
      const soql = `SELECT Id, Username FROM User WHERE Username IN ${soqlList(names)}`;
      const users = new Map((await queryRows(asking, what, soql, UserId)).map(({ Id, Username }) => [Id, Username]));
      if (users.size === 0) continue;
      const logins =
        `SELECT UserId u, MAX(LoginTime) m FROM LoginHistory WHERE LoginTime >= ${since} AND LoginType = 'Application' ` +
        `AND UserId IN ${soqlList([...users.keys()])} GROUP BY UserId`;
      for (const { u, m } of await queryRows(asking, what, logins, InteractiveLogin)) found.set(users.get(u) ?? u, m);
    }
    return found;
  });
}

function whyUnread(answer: QueryAnswer | undefined): string {
  if (answer === undefined || !('refused' in answer)) return 'the rows have an unexpected format';
  // Only an org that has the feature behind a permission knows it.
  return answer.errorCode === 'INVALID_FIELD' ? 'the org does not show this permission' : answer.refused;
}
