import type { LoginFacts, TokenFacts, UsageFacts } from '../org/usage/facts';
import { daysBefore } from '../values/iso-date';
import { plural } from '../values/plural';
import { isUnusedSince } from '../values/token-use';
import { groupTokens, latest } from './assess';
import { type AppName, gapsOf } from './of-app';
import type { UsageReport } from './report';

/**
 * Whether the old app of a migration may be taken away. `open`: every token and login was read, and none is of the time
 * asked for. What was not read keeps it shut.
 */
export interface MigrationGate {
  readonly state: 'open' | 'closed' | 'not-evaluated';
  /** ISO time: what was used since then counts. */
  readonly since: string;
  readonly because: readonly string[];
}

/** Days that Salesforce keeps the login history. */
const LOGINS_KEPT = 180;

/**
 * Judges by the tokens of the very record, by those of its label that lead to no record, and by logins, which name nothing
 * but the label: where another app has it, too, whose they were is not known.
 */
export function migrationGate(
  app: AppName,
  { facts, report }: { readonly facts: UsageFacts; readonly report: UsageReport },
  { since, today }: { readonly since: string; readonly today: string },
): MigrationGate {
  const { label, apiName, platform } = app;
  const groups = groupTokens(facts);
  const own = groups.filter(({ record }) => record?.apiName === apiName && record.platform === platform);
  const unclear = groups.filter(
    (each) => each.label === label && !own.includes(each) && (!each.record || each.byLabel),
  );
  const inUse = (all: typeof groups): readonly TokenFacts[] =>
    all.flatMap(({ tokens }) => tokens).filter((token) => !isUnusedSince(token, since));
  const [used, unclearUsed] = [inUse(own), inUse(unclear)];
  const logins = (facts.logins ?? []).filter(
    ({ application, succeeded, last }) => application === label && succeeded && last >= since,
  );
  const namesakes = (facts.apps ?? []).filter((each) => each.label === label).length > 1;
  const from = since.slice(0, 10);
  const tokensSaid = used.length > 0 ? [`${tokenWords(used)} since ${from}${lastOf(used)}`] : [];
  const loginsSaid = logins.length > 0 ? [loginWords(logins, from)] : [];
  const closed = [...tokensSaid, ...(namesakes ? [] : loginsSaid)];
  if (closed.length > 0) return { state: 'closed', since, because: closed };
  const gaps = gapsOf(app, report);
  const unread = [
    ...[gaps.tokens, gaps.logins].flatMap((gap) => gap ?? []),
    ...(report.tokens?.cut === true ? ['the list of tokens is incomplete: there might be more than were read'] : []),
    ...(unclearUsed.length > 0
      ? [`${tokenWords(unclearUsed)} since ${from}: they have its label, and it is not known which app they belong to`]
      : []),
    ...loginsSaid.map((text) => `${text}: another app has its label, and it is not known which of them it was`),
  ];
  if (unread.length > 0) return { state: 'not-evaluated', since, because: [...new Set(unread)] };
  const kept = daysBefore(today, LOGINS_KEPT);
  const because =
    since < kept
      ? `no token of it was used or issued since ${from}, and nothing logged in since ${kept.slice(0, 10)}: Salesforce keeps no older logins`
      : `no token of it was used or issued, and nothing logged in, since ${from}`;
  return { state: 'open', since, because: [because] };
}

const tokenWords = (tokens: readonly TokenFacts[]): string =>
  `${plural(tokens.length, 'token')} of ${plural(usersOf(tokens), 'user')} used or issued`;

function loginWords(logins: readonly LoginFacts[], from: string): string {
  const count = logins.reduce((sum, each) => sum + each.count, 0);
  const last = latest(logins.map((each) => each.last));
  return `${plural(count, 'login')} under its label since ${from}, the last on ${(last ?? '').slice(0, 10)}`;
}

const usersOf = (tokens: readonly TokenFacts[]): number => new Set(tokens.map(({ userId }) => userId)).size;

function lastOf(tokens: readonly TokenFacts[]): string {
  const last = latest(tokens.flatMap(({ lastUsed }) => lastUsed ?? []));
  return last === undefined ? '' : `, the last on ${last.slice(0, 10)}`;
}
