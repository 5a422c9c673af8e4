import type { OrgContext } from '../context';
import { type FieldValue, isFields, textOf } from '../fields';
import { id18, type Mint, randomText } from '../ids';
import { misused } from '../misused';
import { type RenewedOrg, replaceOrg } from '../reset';
import { CONNECTED_APP, HEADER, METADATA_TYPES } from '../schema/types';
import { componentsOf, copyOf, type Draft, type OrgState, type OrgUser, put } from '../state';
import { usageOf, withUsage } from '../usage/grants';
import { NO_USAGE } from '../usage/state';
import { type AppDamage, damageConnectedApp, damageExternalClientApp, damageProblem } from './damage';
import { isSandboxName, SANDBOX_NAME } from './name';
import type { CopiedApp, SandboxSwitches } from './switches';

/** A refresh: the org becomes a sandbox that was copied from it as it is. */
export interface SandboxRefresh {
  /** Name of the sandbox, 1 to 10 letters and digits; usernames end in it. */
  readonly name: string;
  /** Organization id of the copy, 15 or 18 characters. Default: a random one. */
  readonly orgId?: string;
  /** Usernames, as in the source, of those who can log in to the copy, beside the deploying user. Default: who could before. */
  readonly activeUsers?: readonly string[];
  /** What becomes of these apps, by API name, instead of what the switches say; an empty list: it comes through whole. */
  readonly apps?: Readonly<Record<string, readonly AppDamage[]>>;
}

/** Refreshes the running org; deploys, sessions, codes and logins under way of the source are gone. @throws ClientAppsError */
export function refreshSandbox(context: OrgContext, asked: SandboxRefresh): RenewedOrg {
  const copy = sandboxOf(context.state(), asked, { switches: context.switches, mint: context.mint });
  return replaceOrg(context, copy);
}

interface Copying {
  readonly switches: SandboxSwitches;
  readonly mint: Mint;
}

/** The sandbox that a copy of the org is. @throws ClientAppsError for a refresh that cannot be. */
function sandboxOf(org: OrgState, asked: SandboxRefresh, { switches, mint }: Copying): OrgState {
  const draft = copyOf(org);
  const problems = problemsOf(draft, asked);
  if (problems.length > 0) throw misused('refresh', problems, 'Correct what is asked for.');
  const orgId = id18(asked.orgId ?? `00DEM${randomText(10)}`);
  const renamed = new Map(org.users.map(({ username }) => [username, inSandbox(username, asked.name, org)]));
  const rename = (username: string): string => renamed.get(username) ?? username;

  draft.users = org.users.map((user) => copiedUser(user, rename(user.username), org, asked, switches));
  if (switches.refreshRenamesRunAsUsers) renameUsers(draft, rename);
  if (!switches.refreshKeepsOauthSettings) {
    for (const type of ['OauthOidcSettings', 'ExternalClientAppSettings', 'ConnectedAppSettings']) {
      draft.components[type] = {};
    }
  }
  dropStaged(draft);
  for (const { fullName: app, fields } of componentsOf(draft, HEADER)) {
    const isLocal = (textOf(fields, 'distributionState') ?? 'Local') === 'Local';
    damageExternalClientApp(draft, app, asked.apps?.[app] ?? usual(isLocal, switches), mint);
  }
  for (const { fullName: app } of componentsOf(draft, CONNECTED_APP)) {
    damageConnectedApp(draft, app, asked.apps?.[app] ?? [], mint);
  }
  const sandbox: OrgState = {
    ...draft,
    orgId,
    accessToken: mint.token(orgId),
    profile: org.profile === 'production' ? 'developer' : org.profile,
    sandbox: { name: asked.name },
    sourceMembers: [],
    deployUser: { ...org.deployUser, username: rename(org.deployUser.username) },
    ...(!switches.refreshKeepsSetupCertificates && { certificates: [] }),
  };
  return withUsage(sandbox, { ...NO_USAGE, packages: usageOf(org).packages });
}

function problemsOf(draft: Draft, { name, orgId, activeUsers = [], apps = {} }: SandboxRefresh): readonly string[] {
  const unknown = activeUsers.filter((username) => !draft.users.some((user) => user.username === username));
  return [
    ...(isSandboxName(name) ? [] : [`the name of a sandbox has ${SANDBOX_NAME}`]),
    ...(orgId === undefined || /^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(orgId) ? [] : ['orgId is no org id']),
    ...unknown.map((username) => `the org has no user ${username}`),
    ...Object.entries(apps).flatMap(([app, damage]) => damageProblem(draft, app, damage) ?? []),
  ];
}

/** The suffix of a sandbox takes the place of that of the sandbox it was cloned from. */
function inSandbox(username: string, name: string, { sandbox }: OrgState): string {
  const former = sandbox && `.${sandbox.name.toLowerCase()}`;
  const bare =
    former !== undefined && username.endsWith(former) ? username.slice(0, username.length - former.length) : username;
  return `${bare}.${name.toLowerCase()}`;
}

/** Mail to users of a sandbox must not reach people. */
function copiedUser(
  user: OrgUser,
  username: string,
  org: OrgState,
  { activeUsers }: SandboxRefresh,
  { refreshKeepsAssignments: keeps }: SandboxSwitches,
): OrgUser {
  const email = user.email ?? user.username;
  const comes = activeUsers?.includes(user.username) !== false || user.username === org.deployUser.username;
  return {
    ...user,
    username,
    email: email.endsWith('.invalid') ? email : `${email}.invalid`,
    active: user.active && comes,
    permissionSets: keeps ? user.permissionSets : [],
    groups: keeps ? (user.groups ?? []) : [],
  };
}

function usual(isLocal: boolean, switches: SandboxSwitches): readonly AppDamage[] {
  const copied: CopiedApp = isLocal ? switches.refreshedLocalApps : switches.refreshedPackagedApps;
  return [
    ...(copied === 'whole' ? [] : [copied]),
    ...(switches.refreshKeepsConsumerKeys ? [] : (['new-consumer-key'] as const)),
    ...(switches.refreshKeepsAppCertificates ? [] : (['without-certificate'] as const)),
  ];
}

/** Fields that hold a username, of apps and of token exchange handlers. */
const USERNAMES = new Set([
  'clientCredentialsFlowUser',
  'executeHandlerAs',
  'oauthClientCredentialUser',
  'pluginExecutionUser',
  'apexExecutionUser',
]);

function renameUsers(draft: Draft, rename: (username: string) => string): void {
  const within = (value: FieldValue, name: string): FieldValue => {
    if (typeof value === 'string') return USERNAMES.has(name) ? rename(value) : value;
    if (Array.isArray(value)) return (value as readonly FieldValue[]).map((each) => within(each, name));
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, within(each, inner)]));
  };
  for (const { name: type } of METADATA_TYPES) {
    for (const component of componentsOf(draft, type)) {
      const fields = within(component.fields, '');
      if (isFields(fields)) put(draft, type, { ...component, fields });
    }
  }
}

/** A rotation that was under way is one of the source org. */
function dropStaged(draft: Draft): void {
  for (const { name: type } of METADATA_TYPES) {
    for (const component of componentsOf(draft, type)) {
      if (component.consumer?.staged === undefined) continue;
      const { id, key, secret } = component.consumer;
      put(draft, type, { ...component, consumer: { id, key, secret } });
    }
  }
}
