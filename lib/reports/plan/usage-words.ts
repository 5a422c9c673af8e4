import type { AppPlanUsage, FieldChange } from '../../plan/plan';
import { daysUntil } from '../../values/iso-date';
import { plural } from '../../values/plural';
import { visible } from '../../values/visible';

/**
 * Who uses an app whose clients a change breaks: `3 users, 3,910 uses, last yesterday; 15 logins in 90 days from 2
 * addresses or more`. Undefined where clients feel nothing, and where usage was not asked for.
 */
export function usageText(usage: AppPlanUsage | undefined, change: FieldChange): string | undefined {
  return usage === undefined || change.impact.level === 'none' ? undefined : usageWords(usage, change.field);
}

/** The same whatever it is that ends. @param field Of the change, where it concerns one flow. */
export function usageWords(usage: AppPlanUsage, field = ''): string {
  const parts = [tokenWords(usage), loginWords(usage), flowWords(usage, field), ...usage.not_evaluated.map(unread)];
  return visible(parts.filter((part) => part !== undefined).join('; '));
}

const unread = (what: string): string => `usage not evaluated: ${what}`;

function tokenWords({ users, uses = 0, last_used: last, today, at_least: atLeast }: AppPlanUsage): string | undefined {
  if (users === undefined) return undefined;
  const more = atLeast ? ', at least' : '';
  if (users === 0) return atLeast ? undefined : 'no user has a token';
  return `${plural(users, 'user')}, ${plural(uses, 'use')}${more}, last ${last === undefined ? 'not known' : ago(last, today)}`;
}

function loginWords(usage: AppPlanUsage): string | undefined {
  const { logins, networks = 0, last_login: last, logins_since: since, today } = usage;
  if (logins === undefined) return undefined;
  const days = daysUntil(today, since.slice(0, 10));
  if (logins === 0) return `no login in ${plural(days, 'day')}`;
  const from = `from ${plural(networks, 'address', 'addresses')} or more`;
  return `${plural(logins, 'login')} in ${plural(days, 'day')} ${from}${last === undefined ? '' : `, last ${ago(last, today)}`}`;
}

/**
 * Flows that a change concerns alone, by the LoginSubType of their logins. The published values name neither the device
 * flow nor the JWT bearer flow, so that nothing follows from there being no login of them.
 */
const FLOWS: readonly {
  readonly words: string;
  readonly fields: RegExp;
  readonly type: RegExp;
  readonly named: boolean;
}[] = [
  { words: 'device-flow', fields: /^isDeviceFlow/, type: /device/, named: false },
  {
    words: 'client credentials',
    fields: /^(isClientCredential|clientCredentialsFlowUser|oauthClientCredentialUser)/,
    type: /clientcredential/,
    named: true,
  },
  { words: 'token exchange', fields: /^is(SecretRequiredFor)?TokenExchange/, type: /tokenexchange/, named: true },
  { words: 'refresh', fields: /RefreshToken|^tokenIpRanges/, type: /refreshtoken/, named: true },
  {
    words: 'web server',
    fields: /^(isConsumerSecretOptional|isPkceRequired|callbackUrl)/,
    type: /webserver/,
    named: true,
  },
];

function flowWords({ flows = [], today }: AppPlanUsage, field: string): string | undefined {
  const name = field.split('.').at(-1) ?? '';
  const flow = FLOWS.find(({ fields }) => fields.test(name));
  if (!flow || flows.length === 0) return undefined;
  const times = flows
    .filter((each) => flow.type.test(each.flow.replace(/[^a-z]/gi, '').toLowerCase()))
    .map(({ last }) => last)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const last = times.at(-1);
  if (last !== undefined) return `last ${flow.words} login ${ago(last, today)}`;
  return flow.named ? `no ${flow.words} login that the history names` : undefined;
}

function ago(time: string, today: string): string {
  const days = daysUntil(today, new Date(time).toISOString().slice(0, 10));
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${plural(days, 'day')} ago`;
}
