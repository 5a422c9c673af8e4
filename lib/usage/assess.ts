import type { Manifest } from '../metadata/manifest';
import type { LoginFacts, OrgAppFacts, PermissionHolders, TokenFacts, UsageFacts } from '../org/usage/facts';
import type { KnownApp } from '../values/known-app';
import { shortId } from '../values/record-id';
import { foldLabel, looksLike } from './look-alike';
import type { AppUsage, FlowLogins, Standing, UsageReport } from './report';

/** What is asked of a reading. */
export interface UsageQuestion {
  readonly org: string;
  readonly orgId: string;
  readonly today: string;
  readonly since: string;
  readonly manifest?: Manifest;
  readonly known?: readonly KnownApp[];
  /** Label or API name. */
  readonly app?: string;
  /** Username. */
  readonly user?: string;
  /** ISO time: only apps that no one used since then. */
  readonly unusedSince?: string;
  readonly apiCalls: number;
}

/** Rows of one app: what has a record in the org, else what has a label. */
export interface Group {
  readonly label: string;
  readonly record?: OrgAppFacts;
  readonly byLabel?: true;
  /** Another app of the org has the label. */
  readonly twin?: OrgAppFacts;
  readonly tokens: TokenFacts[];
}

/** Everything a reading says about each app that reached the org, worst first. */
export function assessUsage(facts: UsageFacts, question: UsageQuestion): UsageReport {
  const groups = grouped(facts, question.user);
  const all = groups.map((group) => assess(group, facts, question)).sort(byStanding);
  const apps = all.filter((each) => asked(each, question));
  const { tokens, tokensInAll = 0 } = facts;
  return {
    org: question.org,
    org_id: question.orgId,
    today: question.today,
    logins_since: question.since,
    ...(tokens && {
      tokens: { read: tokens.length, in_all: Math.max(tokensInAll, tokens.length), cut: tokens.length < tokensInAll },
      users: new Set(tokens.map(({ userId }) => userId)).size,
    }),
    apps,
    left_out: all.length - apps.length,
    not_evaluated: facts.notEvaluated,
    api_calls: question.apiCalls,
  };
}

/** Every name that a reading has for an app, as --app takes them. */
export const namesIn = ({ apps = [], tokens = [], logins = [] }: UsageFacts): readonly string[] => [
  ...apps.flatMap(({ label, apiName }) => [label, ...(apiName === undefined ? [] : [apiName])]),
  ...tokens.map(({ app }) => app),
  ...logins.map(({ application }) => application),
];

/** The tokens of each app, none of another that has its name. */
export const groupTokens = (facts: UsageFacts): readonly Group[] => grouped({ ...facts, logins: [] }, undefined);

function grouped({ tokens = [], apps, logins = [] }: UsageFacts, user: string | undefined): readonly Group[] {
  const groups = new Map<string, Group>();
  const records = new Map(apps?.map((app) => [shortId(app.id), app]));
  const namesakes = new Map([...(apps ?? [])].reverse().map((app) => [app.label, app]));
  const labelsWithId = new Set(tokens.flatMap(({ app, applicationId }) => (applicationId === undefined ? [] : [app])));
  const groupOf = (label: string, applicationId: string | undefined): Group => {
    const record = applicationId === undefined ? undefined : records.get(shortId(applicationId));
    const twin = record ? undefined : namesakes.get(label);
    // Tokens without an id beside some with one are another app that took the label.
    const byLabel = twin !== undefined && applicationId === undefined && !labelsWithId.has(label);
    const key = record?.id ?? (byLabel ? twin.id : `label ${label}`);
    const found = groups.get(key);
    if (found) return found;
    const made: Group = {
      label,
      tokens: [],
      ...(record ? { record } : byLabel ? { record: twin, byLabel } : twin ? { twin } : {}),
    };
    groups.set(key, made);
    return made;
  };
  for (const token of tokens) {
    if (user === undefined || token.user.toLowerCase() === user.toLowerCase()) {
      groupOf(token.app, token.applicationId).tokens.push(token);
    }
  }
  if (user !== undefined) return [...groups.values()];
  const seen = new Set([...groups.values()].map(({ label }) => label));
  for (const { application, type, succeeded } of logins) {
    if (seen.has(application) || !succeeded || !OAUTH_LOGIN.test(type)) continue;
    groupOf(application, undefined);
    seen.add(application);
  }
  return [...groups.values()];
}

/** Login types of apps; browsers and SOAP clients have others. */
const OAUTH_LOGIN = /^Remote Access/i;

function assess(group: Group, facts: UsageFacts, question: UsageQuestion): AppUsage {
  const { label, record, byLabel, twin } = group;
  const standing = standingOf(group, facts, question.manifest);
  const allowed = [...(question.manifest?.known_apps ?? []), ...(question.known ?? [])];
  const known = allowed.find(({ app }) => app === label || app === record?.apiName);
  const look = lookAlike(group, facts);
  const logins = facts.logins?.filter(({ application }) => application === label);
  return {
    label,
    ...(record?.apiName !== undefined && { api_name: record.apiName }),
    ...(record && { platform: record.platform }),
    standing,
    ...(known && { known }),
    publisher: publisherOf(group, facts),
    ...(byLabel && { by_label: byLabel }),
    ...(look && standing !== 'declared' && { look_alike: look }),
    ...(facts.tokens && { tokens: tokenFigures(group.tokens) }),
    ...(logins && !twin && { logins: loginFigures(logins) }),
    reach: reachOf(group.tokens, facts.holders),
  };
}

function standingOf({ record }: Group, { apps }: UsageFacts, manifest: Manifest | undefined): Standing {
  if (apps === undefined) return 'not-evaluated';
  if (record === undefined) return 'unknown';
  const declared = manifest?.apps.some(
    ({ api_name: name, platform }) => platform === record.platform && name === record.apiName,
  );
  if (declared === true) return 'declared';
  return record.namespace === undefined ? 'unmanaged' : 'package';
}

function lookAlike({ label, record, twin }: Group, { apps = [] }: UsageFacts): AppUsage['look_alike'] {
  if (twin) return { of: label, why: 'an app of this org has the same label, and these tokens are not its own' };
  const product = looksLike(label);
  if (product && record?.namespace === undefined) return { of: product.product, why: product.why };
  if (record) return undefined;
  const alike = apps.find((each) => each.label !== label && foldLabel(each.label) === foldLabel(label));
  return (
    alike && {
      of: alike.label,
      why: 'the label differs from that of an app of this org only in details that are easily overlooked',
    }
  );
}

function publisherOf({ record }: Group, { packages, apps }: UsageFacts): string {
  if (apps === undefined) return 'not evaluated';
  if (record === undefined) return 'not known: the record of the app is in another org';
  const { namespace } = record;
  if (namespace === undefined) return 'this org';
  const name = packages?.get(namespace);
  return name === undefined ? `package ${namespace}` : `package ${name} (${namespace})`;
}

function tokenFigures(tokens: readonly TokenFacts[]): NonNullable<AppUsage['tokens']> {
  const users = (active: boolean): number =>
    new Set(tokens.filter(({ userActive = true }) => userActive === active).map(({ userId }) => userId)).size;
  const first = earliest(tokens.flatMap(({ created }) => created ?? []));
  const last = latest(tokens.flatMap(({ lastUsed }) => lastUsed ?? []));
  return {
    count: tokens.length,
    users_active: users(true),
    users_inactive: users(false),
    uses: tokens.reduce((sum, { uses }) => sum + uses, 0),
    ...(first !== undefined && { first_granted: first }),
    ...(last !== undefined && { last_used: last }),
  };
}

function loginFigures(logins: readonly LoginFacts[]): NonNullable<AppUsage['logins']> {
  const sum = (succeeded: boolean): number =>
    logins.filter((each) => each.succeeded === succeeded).reduce((total, { count }) => total + count, 0);
  const last = latest(logins.map((each) => each.last));
  const flows = flowFigures(logins);
  return {
    count: sum(true),
    failed: sum(false),
    types: [...new Set(logins.map(({ type }) => type))].sort(),
    networks: Math.max(0, ...logins.map(({ networks }) => networks)),
    ...(last !== undefined && { last }),
    ...(flows.length > 0 && { flows }),
  };
}

/** The last login of each flow, and how many there were. */
function flowFigures(logins: readonly LoginFacts[]): readonly FlowLogins[] {
  const flows = new Map<string, FlowLogins>();
  for (const { flow, count, last, succeeded } of logins) {
    if (flow === undefined || !succeeded) continue;
    const before = flows.get(flow);
    const newest = latest([last, ...(before ? [before.last] : [])]) ?? last;
    flows.set(flow, { flow, count: count + (before?.count ?? 0), last: newest });
  }
  return [...flows.values()].sort((a, b) => (a.flow < b.flow ? -1 : 1));
}

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
const earliest = (times: readonly string[]): string | undefined => [...times].sort(byTime)[0];
export const latest = (times: readonly string[]): string | undefined => [...times].sort(byTime).at(-1);

/** The scopes of an uninstalled app cannot be seen; what its users may do can. */
function reachOf(tokens: readonly TokenFacts[], holders: readonly PermissionHolders[] | undefined): string {
  const users = new Set(tokens.map(({ user }) => user));
  if (users.size === 0) return 'no token: nothing until a user approves it';
  const far = ['ModifyAllData', 'ViewAllData'].map((permission) =>
    holders?.find((each) => each.permission === permission),
  );
  if (far.some((each) => each === undefined)) return 'not evaluated: who may view or modify all data was not read';
  const [modify = 0, view = 0] = far.map((each) => each?.users.filter((user) => users.has(user)).length);
  if (modify > 0) return `every record: ${modify} of its ${users.size} users may modify all data`;
  if (view > 0) return `every record, to read: ${view} of its ${users.size} users may view all data`;
  return `what its ${users.size === 1 ? 'user' : `${users.size} users`} may see and do`;
}

const ORDER: readonly Standing[] = ['unknown', 'not-evaluated', 'unmanaged', 'package', 'declared'];

function byStanding(a: AppUsage, b: AppUsage): number {
  const look = Number(b.look_alike !== undefined) - Number(a.look_alike !== undefined);
  const standing = ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing);
  return look || standing || (b.tokens?.uses ?? 0) - (a.tokens?.uses ?? 0) || (a.label < b.label ? -1 : 1);
}

function asked({ label, api_name: name, tokens, logins }: AppUsage, { app, unusedSince }: UsageQuestion): boolean {
  if (app !== undefined && app !== label && app !== name) return false;
  if (unusedSince === undefined) return true;
  const used = [tokens?.last_used, logins?.last].filter((time) => time !== undefined);
  // What was not seen may well have been used.
  return tokens !== undefined && used.every((time) => byTime(time, unusedSince) < 0);
}
